import Corpora
import CorpusShards
import Foundation
import TestSupport
import Testing
import Text
import Training
import TrainingSession

/// Trainings that stream a prepared corpus.
@Suite struct PreparedCorpusTests {
  /// Text with a corpus of five shards, and a request to train on it in windows of two.
  private static func prepared(spans: Int = 0) throws -> (text: ToyText, request: TrainingRequest) {
    let text = try ToyText(spans: spans)
    var options = CorpusPreparation.Options()
    options.shardSize = 25
    _ = try CorpusPreparation(text.pipeline, options: options).run(
      [CorpusPreparation.Input(source: text.folder("train.en"), target: text.folder("train.de"))],
      to: text.folder("corpus"))
    var request = text.request()
    (request.files.trainSource, request.files.trainTarget) = ([], [])
    (request.files.trainCorpus, request.batches.corpusWindow) = (text.folder("corpus"), 50)
    return (text, request)
  }

  private func weights(_ path: String) throws -> Data {
    let data = try bytes(path)
    let header = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    return data.dropFirst(8 + header)
  }

  /// Stopped at any update, also in the middle of a window, a training continues with the same bits.
  @Test(arguments: [0.0, 0.1], [1, 3])
  func resumingGivesTheSameBits(trainSpans: Double, accumulate: Int) async throws {
    var (text, request) = try Self.prepared(spans: trainSpans > 0 ? 2 : 0)
    (request.regularization.trainSpans, request.batches.accumulate) = (trainSpans, accumulate)
    let updates = 40
    request.stopping.maxUpdates = updates
    request.files.model = text.folder("whole")
    let whole = try await TrainingSession(request).run()
    // Several epochs, of three windows each.
    #expect(whole.state.epoch > 1)
    let expected = try weights(text.folder("whole/checkpoints/last.safetensors"))
    for last in [1, 6, 15, 26] {
      request.files.model = text.folder("cut-\(last)")
      (request.files.resume, request.stopping.maxUpdates) = (false, last)
      (request.machine.threads) = 1
      _ = try await TrainingSession(request).run()
      (request.files.resume, request.stopping.maxUpdates) = (true, updates)
      request.machine.threads = 3
      _ = try await TrainingSession(request).run()
      #expect(try weights("\(request.files.model)/checkpoints/last.safetensors") == expected, "\(last)")
    }
  }

  @Test func whatIsReportedAndRecorded() async throws {
    let (text, request) = try Self.prepared()
    let events = Events()
    _ = try await TrainingSession(request).run(observe: events.add)
    let notice = try #require(events.notices.map { "\($0)" }.first { $0.hasPrefix("training text:") })
    for words in [
      "120 pairs in 5 shards", "pairs read: 120, kept: 120", "streamed: 50 pairs in memory at a time",
    ] {
      #expect(notice.contains(words), "\(notice)")
    }
    let manifest = try String(contentsOfFile: text.folder("model/training.json"), encoding: .utf8)
    let corpus = try PreparedCorpus(folder: text.folder("corpus"))
    #expect(manifest.contains(corpus.manifest.digest) && manifest.contains("\"pairs\" : 120"))
    #expect(manifest.contains("corpus/corpus.json") && manifest.contains("train.en"))
  }

  /// The data that planning asks for is that of the same text in memory.
  @Test func figuresAreThoseOfTextInMemory() throws {
    let (text, request) = try Self.prepared()
    let pipeline = try text.pipeline
    func data(_ request: TrainingRequest) throws -> TrainingData {
      let settings = try request.resolved(ResolutionContext(pipeline, folder: text.vocabulary))
      return try TrainingData(settings.corpora, pipeline: pipeline, room: nil) { _ in }
    }
    let (streamed, loaded) = (try data(request), try data(text.request()))
    #expect(streamed.pairCount == loaded.pairCount)
    #expect(streamed.targetTokensOfEpoch == loaded.targetTokensOfEpoch)
    #expect(try streamed.oversizedPairs() == loaded.oversizedPairs())
    #expect(
      streamed.lengths.source == loaded.lengths.source && streamed.lengths.target == loaded.lengths.target)
    #expect(streamed.byteCount < loaded.byteCount)
  }

  @Test func whatDoesNotFitIsRefused() async throws {
    let (text, sound) = try Self.prepared()
    func expectRefusal(_ words: String, _ change: (inout TrainingRequest) throws -> Void) async throws {
      var request = sound
      try change(&request)
      let session = try TrainingSession(request)
      await #expect { _ = try await session.run() } throws: { "\($0)".contains(words) }
    }
    try await expectRefusal("has sentences of") { $0.batches.maxLength = 5 }
    try await expectRefusal("prepare the corpus again with '--upsampling 2'") {
      ($0.decoder.name, $0.decoder.upsampling) = (.nonautoregressive, 2)
    }
    try await expectRefusal("is not a prepared corpus") { $0.files.trainCorpus = text.folder("nowhere") }
    try await expectRefusal("prepared with another vocabulary") {
      let other = try ToyText(pairs: 40)
      $0.files.vocabulary = other.vocabulary
      try FileManager.default.copyItem(atPath: other.vocabulary, toPath: text.folder("other"))
      $0.files.vocabulary = text.folder("other")
    }
    // Another corpus, or another window, is another run.
    _ = try await TrainingSession(sound).run()
    try await expectRefusal("other data or settings") {
      ($0.files.resume, $0.batches.corpusWindow) = (true, 100)
    }
  }
}

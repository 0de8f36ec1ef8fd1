import Corpora
import Foundation
import TestSupport
import Testing
import Text
import Tokens
import Training
import TrainingSession

/// Span tokens in the training text.
@Suite struct SpanTrainingTests {
  private func data(
    _ text: ToyText, share: Double, seed: UInt64 = 1, threads: Int = 2,
    _ change: (inout TrainingRequest) -> Void = { _ in }
  ) throws -> TrainingData {
    var request = text.request()
    (request.batches.seed, request.machine.threads, request.regularization.copyUnknowns) = (seed, threads, 0)
    request.regularization.trainSpans = share
    change(&request)
    let pipeline = try text.pipeline
    let settings = try request.resolved(ResolutionContext(pipeline, folder: text.vocabulary))
    var data = try TrainingData(settings.corpora, pipeline: pipeline, room: nil) { _ in }
    let aligned = try data.prepareLinks { _, _ in }
    #expect((aligned == nil) == (share == 0 || pipeline.settings.marks.spans == 0))
    return data
  }

  /// The text of a sentence, and of its span tokens.
  private func text(_ ids: [TokenID], _ pipeline: TextPipeline, _ side: TextPipeline.Side) -> String {
    let spans = (1...8).map { UnknownText(bytes: Array("<\($0)>".utf8), continuesWord: false) }
    return String(decoding: pipeline.decode(ids, spans: spans, side: side), as: UTF8.self)
  }

  /// Both sides have the same tokens, each once; the rest is as it was, word for word.
  @Test func tokensStandForWordsAndTheirTranslations() throws {
    let text = try ToyText(spans: 8)
    let pipeline = try text.pipeline
    let data = try data(text, share: 1)
    var (numbers, firsts, several): (Set<Int>, Set<TokenID>, Int) = ([], [], 0)
    for (index, pair) in data.trainedPairs().enumerated() {
      let vocabulary = (pipeline.vocabulary(.source), pipeline.vocabulary(.target))
      let sources = pair.source.filter(vocabulary.0.isSpan)
      #expect(!sources.isEmpty && Set(sources).count == sources.count)
      #expect(sources.sorted() == pair.target.filter(vocabulary.1.isSpan).sorted())
      #expect(
        pair.source.count <= data.train[index].source.count + 1
          && pair.target.count <= data.train[index].target.count + 1)
      if let first = sources.first { firsts.insert(first) }
      several += sources.count > 1 ? 1 : 0
      numbers.formUnion(sources.map { vocabulary.0.spanIDs.firstIndex(of: $0)! })
      // What the tokens stand for, in the same places of the original lines.
      let lines = (
        self.text(pair.source, pipeline, .source).split(separator: " "),
        self.text(Array(data.train[index].source), pipeline, .source).split(separator: " ")
      )
      #expect(lines.0.count == lines.1.count)
      #expect(zip(lines.0, lines.1).allSatisfy { $0 == $1 || $0.contains("<") })
    }
    #expect(numbers == Set(0..<8) && firsts.count == 8 && several > 0)
  }

  /// Names and numbers first, then words that are aligned.
  @Test func sharedNamesComeBeforeOtherWords() throws {
    let text = try ToyText(spans: 8)
    let pipeline = try text.pipeline
    let data = try data(text, share: 1)
    for (index, pair) in data.trainedPairs().enumerated() {
      let line = self.text(pair.source, pipeline, .source)
      // Every pair has a number, some have a name.
      #expect(line.contains("the ") && line.contains("number"), "\(index) \(line)")
    }
    try text.write(
      (0..<80).map { number in
        let words = [("red", "rote"), ("old", "alte"), ("new", "neue"), ("big", "grosse")]
        let things = [
          ("house", "Haus"), ("boat", "Boot"), ("book", "Buch"), ("horse", "Pferd"), ("bed", "Bett"),
        ]
        let (word, thing) = (words[number % 4], things[number % 5])
        return (
          "the \(word.0) \(thing.0) is the \(words[number / 4 % 4].0)",
          "das \(word.1) \(thing.1) ist das \(words[number / 4 % 4].1)"
        )
      }, "train")
    let aligned = try self.data(text, share: 1)
    var replaced: Set<String> = []
    let all = aligned.trainedPairs()
    for (index, pair) in all.enumerated() {
      let (source, target) = (
        self.text(pair.source, pipeline, .source), self.text(pair.target, pipeline, .target)
      )
      let before = (
        self.text(Array(aligned.train[index].source), pipeline, .source).split(separator: " "),
        self.text(Array(aligned.train[index].target), pipeline, .target).split(separator: " ")
      )
      for number in 1...8 {
        let place = source.split(separator: " ").firstIndex { $0 == "<\(number)>" }
        let other = target.split(separator: " ").firstIndex { $0 == "<\(number)>" }
        guard let place, let other else { continue }
        replaced.insert("\(before.0[place])-\(before.1[other])")
      }
    }
    #expect(replaced.contains("house-Haus") && replaced.contains("boat-Boot"))
    // "the", which is in every line, never is, and no adjective; and nearly all links are right.
    #expect(replaced.allSatisfy { !$0.hasPrefix("the-") && !$0.hasPrefix("red-") })
    #expect(replaced.count < 16, "\(replaced)")
  }

  /// What is protected in translations, even if it consists of several words.
  @Test func spansAreReplacedWhole() throws {
    let text = try ToyText(spans: 2)
    let pipeline = try text.pipeline
    let found = [
      ("Anna sees https://a.bc/d?e=1 , number {0}", "Anna sieht {0} , https://a.bc/d?e=1"),
      ("a child hears a@b.de", "ein Kind hört a@b.de a@b.de"),
    ]
    try text.write(found.map { $0 } + ToyText.pairs(0..<20), "train")
    let characters = Set(pipeline.encode(Array("https://a.bc/d?e=1 {0} @ ,".utf8), side: .source).unknowns)
    // The toy's vocabulary lacks the signs; one that was learned from this text has them.
    try #require(!characters.isEmpty)
    try text.learn(spans: 2)
    let own = try text.pipeline
    let pair = try data(text, share: 1).trainedPairs()[0]
    let lines = (self.text(pair.source, own, .source), self.text(pair.target, own, .target))
    #expect(["Anna sees <1> , number <2>", "Anna sees <2> , number <1>"].contains(lines.0))
    #expect(lines.1 == (lines.0.contains("sees <1>") ? "Anna sieht <2> , <1>" : "Anna sieht <1> , <2>"))
    // The address is twice on one side only.
    let other = try data(text, share: 1).trainedPairs()[1]
    let line = self.text(other.source, own, .source)
    #expect(!line.hasSuffix("hears <1>") && !line.hasSuffix("hears <2>"))
  }

  @Test func theyAreAFunctionOfSeedEpochAndPair() throws {
    let text = try ToyText(spans: 8)
    func all(_ epoch: Int, seed: UInt64 = 1, threads: Int = 2, share: Double = 0.5) throws -> [[TokenID]] {
      try data(text, share: share, seed: seed, threads: threads).trainedPairs(epoch: epoch).flatMap {
        [$0.source, $0.target]
      }
    }
    let first = try all(2)
    #expect(try all(2) == first && all(2, threads: 1) == first)
    #expect(try all(3) != first && all(2, seed: 2) != first)
    let spans = try text.pipeline.vocabulary(.source).spanIDs
    let changed = stride(from: 0, to: first.count, by: 2).count { first[$0].contains(where: spans.contains) }
    #expect(abs(Double(changed) - 60) < 25)
    #expect(!(try all(1, share: 0).joined().contains(where: spans.contains)))
  }

  /// Without them, everything is as before, whatever the share is.
  @Test func vocabulariesWithoutThemChangeNothing() throws {
    let text = try ToyText()
    let (with, without) = (try data(text, share: 1), try data(text, share: 0))
    #expect(with.trainedPairs().map(\.source) == without.trainedPairs().map(\.source))
    #expect(with.trainedPairs().map(\.target) == without.trainedPairs().map(\.target))
  }

  @Test func alignmentsStayThoseOfTheWords() throws {
    let text = try ToyText(spans: 8)
    let pipeline = try text.pipeline
    // Word n is linked with word n.
    let links = (0..<120).map { number in
      let words = ToyText.pairs(number..<number + 1)[0].0.split(separator: " ").count
      return (0..<words).map { "\($0)-\($0)" }.joined(separator: " ")
    }
    try Data((links.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: text.folder("align")))
    let data = try data(text, share: 1) { $0.alignment.files = [text.folder("align")] }
    let batcher = data.batcher(epoch: 1)
    for plan in batcher.batches(epoch: 1) {
      let batch = batcher.makeBatch(plan)
      for row in 0..<batch.count {
        let (source, target) = (Array(batch.source[sentence: row]), Array(batch.target[sentence: row]))
        let links = try #require(batch.alignments)[row]
        for (place, id) in target.enumerated() {
          guard let number = pipeline.vocabulary(.target).spanIDs.firstIndex(of: id) else { continue }
          let token = pipeline.vocabulary(.source).spanIDs[number]
          let sources = links.filter { Int($0.target) == place }.map { source[Int($0.source)] }
          #expect(sources == [token])
        }
        #expect(links.allSatisfy { Int($0.source) < source.count - 1 && Int($0.target) < target.count - 1 })
      }
    }
  }

  @Test func validationTextIsAsItIs() throws {
    let text = try ToyText(spans: 8)
    let data = try data(text, share: 1)
    let spans = try text.pipeline.vocabulary(.source).spanIDs
    #expect((0..<data.valid.count).allSatisfy { !data.valid[$0].source.contains(where: spans.contains) })
  }

  private func train(_ request: TrainingRequest) async throws -> [TrainingNotice] {
    let events = Events()
    _ = try await TrainingSession(request).run(observe: events.add)
    return events.notices
  }

  /// An interrupted training ends with the same bits; the record and a line say what happened.
  @Test func itResumesToTheSameBits() async throws {
    let text = try ToyText(spans: 8)
    var request = text.request(model: "whole")
    request.regularization.trainSpans = 0.5
    let notices = try await train(request)
    #expect(
      notices.contains { "\($0)".hasPrefix("in 50 % of the pairs, <span1> to <span8> stand for words") })
    request.files.model = text.folder("parts")
    request.stopping.maxUpdates = 3
    _ = try await train(request)
    (request.files.resume, request.stopping.maxUpdates) = (true, 6)
    _ = try await train(request)
    let weights = try ["whole", "parts", "off"].map { name in
      if name == "off" { return Data() }
      return try TrainingSessionTests().weights(text.folder("\(name)/checkpoints/last.safetensors"))
    }
    #expect(weights[0] == weights[1])
    let json = try JSONSerialization.jsonObject(with: bytes(text.folder("whole/training.json")))
    let values = try #require((json as? [String: Any])?["regularization"] as? [String: Double])
    #expect(values["train_spans"] == 0.5)
    var off = text.request(model: "off")
    off.regularization.trainSpans = 0
    #expect(!(try await train(off)).contains { "\($0)".contains("<span1>") })
    #expect(
      try TrainingSessionTests().weights(text.folder("off/checkpoints/last.safetensors")) != weights[0])
  }

  /// A model without them learns them later.
  @Test func modelsGetThemByFineTuning() async throws {
    let text = try ToyText()
    _ = try await train(text.request())
    var request = text.request(model: "extended", updates: 2)
    request.architecture = ArchitectureRequest()
    (request.files.vocabulary, request.start.folder) = ("", text.folder("model"))
    request.start.extendSpans = 4
    let notices = try await train(request)
    #expect(
      notices.contains {
        "\($0)" == "tokens added to the vocabulary: 4 (<span1> <span2> <span3> <span4>)"
      }, "\(notices)")
    #expect(notices.contains { "\($0)".contains("<span1> to <span4> stand for words") })
    let pipeline = try TextPipeline(folder: text.folder("extended"))
    #expect(pipeline.settings.marks.spans == 4)
    request.regularization.trainSpans = 0
    let refused = request
    #expect(throws: TrainingRequestError.self) { try refused.validate() }
  }
}

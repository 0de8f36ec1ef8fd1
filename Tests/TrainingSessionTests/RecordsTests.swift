import Files
import Foundation
import TestSupport
import Testing
import Training
import TrainingSession

/// What a session records to be watched: samples, TensorBoard's files.
@Suite struct RecordsTests {
  @Test func tensorBoardGetsEverythingAndTheWeightsKeepTheirBits() async throws {
    let text = try ToyText()
    _ = try await TrainingSession(text.request(model: "plain")).run()
    var request = text.request(model: "watched")
    request.records.tensorBoard = text.folder("runs/one")
    request.stopping.logEvery = 2
    let events = Events()
    _ = try await TrainingSession(request).run(observe: events.add)
    for name in ["model.safetensors", "checkpoints/last.safetensors"] {
      #expect(
        try weights(text.folder("plain/\(name)")) == weights(text.folder("watched/\(name)")), "\(name)")
    }
    let rows = try table(text.folder("runs/one")).dropFirst()
    #expect(
      Set(rows.map { $0[2] }) == [
        "train/loss", "train/perplexity", "train/learning_rate", "train/gradient_norm", "train/target_tokens",
        "train/epoch", "train/skipped_updates", "machine/target_tokens_per_second",
        "machine/memory_mebibytes",
        "valid/loss", "valid/perplexity", "valid/bleu",
      ])
    #expect(rows.filter { $0[2] == "train/loss" }.map { $0[0] } == ["2", "4", "6"])
    #expect(rows.filter { $0[2] == "valid/bleu" }.map { $0[0] } == ["3", "6"])
    let file = try #require(
      FileManager.default.contentsOfDirectory(atPath: text.folder("runs/one")).first {
        $0.hasPrefix("events")
      })
    let contents = String(decoding: try readFile(path: text.folder("runs/one/\(file)")), as: UTF8.self)
    for tag in [
      "gradient_norm/encoder.0", "gradient_norm/decoder.0", "gradient_norm/embeddings", "samples/line 1",
    ] {
      #expect(contents.contains(tag), "\(tag)")
    }
    // The norms of the layers are parts of the whole norm.
    for case .training(.updated(let report, _, _)) in events.list {
      let squares = report.layerNorms.reduce(0) { $0 + $1.norm * $1.norm }
      #expect(abs(squares.squareRoot() / report.gradientNorm - 1) < 1e-6)
    }
  }

  @Test func aResumedTrainingContinuesItsRecords() async throws {
    let text = try ToyText()
    var request = text.request(updates: 3)
    (request.records.tensorBoard, request.stopping.logEvery) = (text.folder("runs"), 1)
    _ = try await TrainingSession(request).run()
    (request.files.resume, request.stopping.maxUpdates) = (true, 6)
    _ = try await TrainingSession(request).run()
    let losses = try table(text.folder("runs")).filter { $0[2] == "train/loss" }
    #expect(losses.map { $0[0] } == ["1", "2", "3", "4", "5", "6"])
    let samples = try SampleLog.read(path: text.folder("model/samples.jsonl"))
    #expect(samples.map(\.update) == [3, 6])
    let ends = try TrainingLog.read(path: text.folder("model/train.jsonl")).filter { $0.event == .ended }
    #expect(ends.map(\.update) == [3, 6] && ends.allSatisfy { $0.reason == "max_updates" })
  }

  @Test func samplesAreTheSameSentencesEachTime() async throws {
    let text = try ToyText()
    let events = Events()
    _ = try await TrainingSession(text.request()).run(observe: events.add)
    let told = events.list.compactMap { if case .translated(let entry) = $0 { entry } else { nil } }
    #expect(told.map(\.update) == [3, 6])
    #expect(told.allSatisfy { $0.samples.map(\.line) == [1, 3, 5, 7, 9, 11] })
    #expect(told.first?.samples.first?.source == "Anna finds the boat number 120")
    #expect(told.first?.samples.first?.reference == "Anna findet das Boot Nummer 120")
    #expect(try SampleLog.read(path: text.folder("model/samples.jsonl")) == told)
  }

  /// Perplexity needs no translations, but whoever looks at them does.
  @Test(arguments: [false, true])
  func samplesAreTranslatedIfTheyAreLookedAt(isWatched: Bool) async throws {
    let text = try ToyText()
    var request = text.request(updates: 3)
    request.validation.bestBy = .perplexity
    if isWatched { request.records.tensorBoard = text.folder("runs") }
    _ = try await TrainingSession(request).run()
    #expect(try SampleLog.read(path: text.folder("model/samples.jsonl")).count == (isWatched ? 1 : 0))
  }

  @Test func aFolderThatCannotBeMadeIsToldBeforeTheTraining() async throws {
    let text = try ToyText()
    var request = text.request()
    request.records.tensorBoard = text.folder("train.en/runs")
    await #expect(throws: FileError.self) { try await TrainingSession(request).run() }
    request.records.tensorBoard = text.folder("train.en")
    #expect(throws: TrainingRequestError.self) { try TrainingSession(request) }
  }

  @Test func filesThatVanishDoNotEndTheTraining() async throws {
    let text = try ToyText()
    var request = text.request()
    request.records.tensorBoard = text.folder("runs")
    let runs = text.folder("runs")
    let outcome = try await TrainingSession(request).run { event in
      if case .training(.updated(_, let state, _)) = event, state.update == 1 {
        try? FileManager.default.removeItem(atPath: runs)
      }
    }
    #expect(outcome.end == .maxUpdates && outcome.failure == nil)
  }

  private func table(_ folder: String) throws -> [[String]] {
    try String(contentsOfFile: "\(folder)/scalars.csv", encoding: .utf8).split(separator: "\r\n").map {
      $0.split(separator: ",").map(String.init)
    }
  }

  /// The tensors of a file without its header, which contains the time spent.
  private func weights(_ path: String) throws -> Data {
    let data = try bytes(path)
    let header = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    return data.dropFirst(8 + header)
  }
}

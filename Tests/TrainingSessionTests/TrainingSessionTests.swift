import Files
import Foundation
import Models
import Synchronization
import TestSupport
import Testing
import Training
import TrainingSession

@Suite struct TrainingSessionTests {
  @Test func aSessionTrainsAndTellsWhatHappensInOrder() async throws {
    let text = try ToyText()
    let events = Events()
    let outcome = try await TrainingSession(text.request()).run(observe: events.add)
    #expect(outcome.end == .maxUpdates && outcome.state.update == 6)
    let best = try #require(outcome.best)
    #expect(best.folder == text.folder("model") && [3, 6].contains(best.update))
    #expect(fileExists(text.folder("model/model.safetensors")))
    #expect(outcome.profile == nil && outcome.failure == nil && outcome.bestByMetric.isEmpty)
    let kinds = events.list.compactMap { event in
      switch event {
      case .began: "began"
      case .training(.updated(_, let state, _)): "update \(state.update)"
      case .training(.validated(_, let state, _)): "validated \(state.update)"
      default: nil as String?
      }
    }
    #expect(
      kinds == [
        "began", "update 1", "update 2", "update 3", "validated 3", "update 4", "update 5", "update 6",
        "validated 6",
      ])
    #expect(events.notices.contains { "\($0)".hasPrefix("training text: ") })
    #expect(events.notices.contains { "\($0)".hasPrefix("needs at most ") })
  }

  @Test func aCancelledSessionLeavesACheckpointAndResumesToTheSameBits() async throws {
    let text = try ToyText()
    var request = text.request(model: "whole", updates: 9)
    request.regularization.bpeDropout = 0.1
    _ = try await TrainingSession(request).run()

    request.files.model = text.folder("cut")
    let session = try TrainingSession(request)
    let canceller = Canceller()
    let training = Task {
      try await session.run { event in
        if case .training(.updated(_, let state, _)) = event, state.update == 4 { canceller.cancel() }
      }
    }
    canceller.watch(training)
    let cut = try await training.value
    #expect(cut.end == .interrupted && cut.state.update == 4)
    #expect(fileExists(text.folder("cut/checkpoints/last.safetensors")))

    request.files.resume = true
    let events = Events()
    let resumed = try await TrainingSession(request).run(observe: events.add)
    #expect(resumed.end == .maxUpdates)
    for name in ["model.safetensors", "checkpoints/last.safetensors"] {
      let (whole, parts) = (text.folder("whole/\(name)"), text.folder("cut/\(name)"))
      #expect(try weights(whole) == weights(parts), "\(name)")
    }
    let before = events.list.compactMap { if case .began(_, let updates) = $0 { updates } else { nil } }
    #expect(before == [4])
  }

  /// The tensors of a file without its header, which contains the time spent.
  func weights(_ path: String) throws -> Data {
    let data = try bytes(path)
    let header = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    return data.dropFirst(8 + header)
  }

  @Test func aSessionThatIsCancelledBeforeItBeginsWritesNoModel() async throws {
    let text = try ToyText()
    let session = try TrainingSession(text.request())
    let training = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await session.run()
    }
    await #expect(throws: CancellationError.self) { try await training.value }
    #expect(!fileExists(text.folder("model/train.jsonl")))
  }

  @Test func aCheckpointIsWrittenWhenItIsAskedFor() async throws {
    let text = try ToyText()
    let session = try TrainingSession(text.request())
    let events = Events()
    _ = try await session.run { event in
      events.add(event)
      if case .training(.updated(_, let state, _)) = event, state.update == 2 { session.saveCheckpoint() }
    }
    let saved = events.list.compactMap {
      if case .training(.saved(_, let state)) = $0 { state.update } else { nil }
    }
    #expect(saved == [2])
  }

  @Test func aFolderThatHoldsATrainingIsRefused() async throws {
    let text = try ToyText()
    _ = try await TrainingSession(text.request(updates: 3)).run()
    await #expect(throws: TrainingRequestError.self) { try await TrainingSession(text.request()).run() }
    var request = text.request(updates: 3)
    request.files.overwrite = true
    #expect(try await TrainingSession(request).run().end == .maxUpdates)
  }

  @Test func fineTuningStartsFromTheWeightsAndResumesWithoutThatModel() async throws {
    let text = try ToyText()
    let first = try await TrainingSession(text.request(model: "first", updates: 3)).run()
    var request = text.request(model: "second", updates: 3)
    (request.files.vocabulary, request.start.folder) = ("", text.folder("first"))
    request.architecture = ArchitectureRequest()
    request.start.freeze = [.embeddings]
    let events = Events()
    let second = try await TrainingSession(request).run(observe: events.add)
    // The finished model knows its best heads besides.
    var expected = first.settings.model
    expected.alignmentHeads = second.settings.model.alignmentHeads
    #expect(second.settings.model == expected)
    #expect(events.notices.contains(.startingFrom(model: text.folder("first"), frozen: ["embeddings"])))
    try FileManager.default.removeItem(atPath: text.folder("first"))
    (request.files.resume, request.stopping.maxUpdates) = (true, 5)
    #expect(try await TrainingSession(request).run().state.update == 5)
    request.architecture.size = 32
    await #expect(throws: TrainingRequestError.self) { try await TrainingSession(request).run() }
  }

  @Test func aTeacherTranslatesTheTrainingTextOnce() async throws {
    let text = try ToyText(pairs: 20)
    _ = try await TrainingSession(text.teacherRequest).run()
    var request = text.request(model: "student", updates: 3)
    (request.distillation.teacher, request.distillation.beam) = (text.folder("teacher"), 1)
    let outcome = try await TrainingSession(request).run()
    let translation = text.folder("student/distilled/1.txt")
    #expect(outcome.settings.corpora.train.map(\.target) == [translation])
    #expect(try bytes(translation).count { $0 == UInt8(ascii: "\n") } == 20)
    try FileManager.default.removeItem(atPath: text.folder("teacher"))
    (request.files.resume, request.stopping.maxUpdates) = (true, 4)
    let events = Events()
    #expect(try await TrainingSession(request).run(observe: events.add).end == .maxUpdates)
    #expect(
      events.notices.contains(.translationFound(path: translation, source: text.folder("train.en"))))
  }
}

/// Cancels a task from within, which may run before its handle is known.
final class Canceller: Sendable {
  private let task = Mutex<Task<TrainingOutcome, any Error>?>(nil)

  func watch(_ task: Task<TrainingOutcome, any Error>) { self.task.withLock { $0 = task } }

  /// Waits for the handle, then cancels.
  func cancel() {
    while true {
      if let task = task.withLock({ $0 }) { return task.cancel() }
      Thread.sleep(forTimeInterval: 0.001)
    }
  }
}

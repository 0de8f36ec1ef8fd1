import Files
import Foundation
import Models
import Synchronization
import TestSupport
import Testing
import Text
import Training
import TrainingSession

/// Runs a session that is expected to be refused.
private final class Refusal: Sendable {
  let error = Mutex<(any Error)?>(nil)

  /// Blocks the thread until the session has ended.
  func wait(for request: TrainingRequest) {
    let done = DispatchSemaphore(value: 0)
    Task.detached { [self] in
      do { _ = try await TrainingSession(request).run() } catch { self.error.withLock { $0 = error } }
      done.signal()
    }
    done.wait()
  }
}

/// What a session does to its model folder, and what it leaves there.
@Suite struct ModelFolderUseTests {
  let text: ToyText

  init() throws { text = try ToyText() }

  @Test func twoTrainingsDoNotShareAFolder() async throws {
    let refusal = Refusal()
    var second = text.request()
    second.files.overwrite = true
    let overwriting = second
    let outcome = try await TrainingSession(text.request()).run { event in
      guard case .training(.updated(_, let state, _)) = event, state.update == 2 else { return }
      refusal.wait(for: overwriting)
    }
    #expect(outcome.end == .maxUpdates)
    let error = try #require(refusal.error.withLock { $0 } as? FolderInUse)
    #expect(error.folder == text.folder("model") && error.holder?.process == getpid())
    // The folder is free again.
    #expect(try await TrainingSession(overwriting).run().end == .maxUpdates)
    #expect(!fileExists(text.folder("model/.lock")))
  }

  @Test func theEarlierModelStaysUntilThereIsABetterOne() async throws {
    var request = text.request()
    request.validation.keepsBest = true
    _ = try await TrainingSession(request).run()
    let names = ["model.safetensors", "best-perplexity/model.safetensors", "config.json", "checksums.json"]
    let before = try names.map { try bytes(text.folder("model/\($0)")) }
    request.files.overwrite = true
    request.architecture.innerSize = 48
    // Nothing is validated before the end.
    request.stopping.validateEvery = .updates(100)
    let session = try TrainingSession(request)
    let canceller = Canceller()
    let training = Task {
      try await session.run { event in
        if case .training(.updated(_, let state, _)) = event, state.update == 2 { canceller.cancel() }
      }
    }
    canceller.watch(training)
    let cut = try await training.value
    #expect(try names.map { try bytes(text.folder("model/\($0)")) } == before)
    let failure = try #require(cut.failure as? NoModelSaved)
    #expect(failure.holdsEarlierModel && !failure.wasValidated && "\(failure)".contains("--resume"))
    (request.files.overwrite, request.files.resume, request.validation.keepsBest) = (false, true, false)
    let outcome = try await TrainingSession(request).run()
    #expect(outcome.failure == nil && outcome.best?.update == 6)
    #expect(!folderExists(text.folder("model/best-perplexity")))
    #expect(try bytes(text.folder("model/config.json")) != before[2])
  }

  @Test func aTrainingWithoutAModelHasFailed() async throws {
    var request = text.request()
    request.stopping.timeBudget = .nanoseconds(1)
    let outcome = try await TrainingSession(request).run()
    #expect(outcome.end == .timeBudget && outcome.best == nil)
    let failure = try #require(outcome.failure as? NoModelSaved)
    #expect("\(failure)".contains("--time-budget") && !failure.holdsEarlierModel)
    #expect(!fileExists(text.folder("model/model.safetensors")))
  }

  @Test func perplexityWithoutEndIsNoModel() async throws {
    var request = text.request(updates: 12)
    (request.schedule.learningRate, request.schedule.warmup, request.optimizer.clipNorm) = (1e6, 0, 0)
    request.averages.decay = 0
    let outcome = try await TrainingSession(request).run()
    // Whether it diverges or ends, there is no model, and the reason is not that there was no validation.
    try #require(outcome.best == nil)
    let failure = try #require(outcome.failure)
    #expect("\(failure)".contains("--learning-rate"), "\(failure)")
  }

  @Test func aResumedTrainingThatHadEndedSaysSo() async throws {
    var request = text.request(updates: 3)
    #expect(try await !TrainingSession(request).run().hadEndedBefore)
    request.files.resume = true
    #expect(try await TrainingSession(request).run().hadEndedBefore)
    request.stopping.maxUpdates = 4
    #expect(try await !TrainingSession(request).run().hadEndedBefore)
  }

  @Test func diskSpaceIsToldBeforeTheFirstUpdate() async throws {
    let events = Events()
    _ = try await TrainingSession(text.request(updates: 3)).run(observe: events.add)
    let needs = events.notices.compactMap { notice in
      if case .disk(let needed, let present, let free) = notice { (needed, present, free) } else { nil }
    }
    let (needed, present, free) = try #require(needs.first)
    #expect(needs.count == 1 && present == 0 && free ?? 0 > 0)
    let files = ["model.safetensors", "checkpoints/last.safetensors", "checkpoints/previous.safetensors"]
    let written = files.reduce(0) { $0 + fileSize(path: text.folder("model/\($1)")) }
    // Without headers; the third checkpoint and the second model exist only for a moment.
    #expect(needed > written * 9 / 10 && needed < 3 * written)
    let warning = TrainingNotice.disk(needed: 10 << 30, present: 1 << 30, free: 2 << 30).description
    #expect(warning.hasPrefix("warning: ") && warning.contains("GiB are free"))
  }

  @Test func aFineTuningThatMakesItWorseKeepsTheModel() async throws {
    let first = try await TrainingSession(text.teacherRequest).run()
    var request = text.request(model: "worse")
    (request.files.vocabulary, request.start.folder) = ("", text.folder("teacher"))
    request.architecture = ArchitectureRequest()
    (request.schedule.learningRate, request.schedule.warmup) = (5, 0)
    let worse = try await TrainingSession(request).run()
    #expect(worse.best?.update == 0)
    #expect(worse.best?.scores == first.best?.scores)
    // A damaged model is no start.
    let path = text.folder("teacher/model.safetensors")
    var weights = try bytes(path)
    weights[weights.count - 6] ^= 1
    try weights.write(to: URL(filePath: path))
    request.files.model = text.folder("damaged")
    await #expect { try await TrainingSession(request).run() } throws: { "\($0)".contains(path) }
  }

  @Test func translationsWithoutEndAreNotLearned() async throws {
    // A teacher that was hardly trained repeats itself.
    _ = try await TrainingSession(text.request(model: "teacher", updates: 1)).run()
    var request = text.request(model: "student")
    (request.distillation.teacher, request.distillation.beam) = (text.folder("teacher"), 1)
    let events = Events()
    await #expect { try await TrainingSession(request).run(observe: events.add) } throws: {
      "\($0)".contains("no translation of the training text has an end")
    }
    #expect(events.notices.contains(.endlessTranslations(120, of: 120, source: text.folder("train.en"))))
    // The given translations can still be learned.
    #expect("\(TrainingNotice.endlessTranslations(1200, of: 5000, source: "a"))".hasPrefix("1,200 of 5,000 "))
  }
}

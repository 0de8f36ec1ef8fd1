import Foundation
import Models
import TestSupport
import Testing
import Training

@Suite struct SaveFailureTests {
  struct DiskFull: Error {}

  /// Replaces the folder of checkpoints by a file, because permissions do not stop root.
  func blockCheckpoints(_ fixture: RunFixture) throws {
    let folder = fixture.folder("checkpoints")
    try? FileManager.default.removeItem(atPath: folder)
    try Data().write(to: URL(fileURLWithPath: folder))
  }

  @Test func checkpointThatCannotBeWrittenIsReportedAndTrainingGoesOn() throws {
    var fixture = try RunFixture()
    (fixture.plan.maxUpdates, fixture.plan.checkpointEvery) = (6, 0)
    let saved = Recorder()
    fixture.saveModel = { [fixture] _, state in
      saved.updates.append(state.update)
      if state.update == 5 { try blockCheckpoints(fixture) }
    }
    // At the end, this is an error, because there is no checkpoint to resume from.
    #expect { try fixture.run() } throws: { "\($0)".contains("checkpoints") }
    #expect(saved.updates.last == 6, "training continued to its last validation")
  }

  @Test func bestModelIsSavedAgainAfterAFailure() throws {
    var fixture = try RunFixture()
    fixture.plan.maxUpdates = 13
    fixture.validator = RunFixture.ListedScores([5, 3, 4].map { .init(perplexity: $0) })
    let tried = Recorder()
    fixture.saveModel = { _, state in
      tried.updates.append(state.update)
      if state.update == 10 { throw DiskFull() }
    }
    let (end, record) = try fixture.run()
    #expect(end == .maxUpdates)
    #expect(record.failures.count == 1)
    // 4 is worse than the 3 that was lost, but better than the 5 that is on disk.
    #expect(tried.updates == [5, 10, 13])
    #expect(record.state.best.update == 13)
  }

  @Test func bestModelThatWasNeverSavedIsAnError() throws {
    var fixture = try RunFixture()
    fixture.plan.maxUpdates = 5
    let tried = Recorder()
    fixture.saveModel = { _, state in
      tried.updates.append(state.update)
      throw DiskFull()
    }
    #expect(throws: DiskFull.self) { try fixture.run() }
    #expect(tried.updates == [5, 5], "a last attempt at the end")
    // The checkpoint has no best model; the resumed run saves one.
    fixture.saveModel = { _, _ in }
    let (end, record) = try fixture.run(resuming: true)
    #expect(end == .maxUpdates)
    #expect(record.saved.map(\.update) == [5])
  }

  final class Recorder { var updates: [Int] = [] }
}

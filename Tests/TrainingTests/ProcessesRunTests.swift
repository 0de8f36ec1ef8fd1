import Files
import Foundation
import Models
import Synchronization
import TestSupport
import Testing
import Training

/// Runs of several processes that train together: they give the same results as a single process, and end together.
@Suite struct ProcessesRunTests {
  /// The settings of a process that differ from the fixture.
  struct Setup {
    let rank: Int
    var fixture: RunFixture
    /// The update after which this process is asked to stop.
    var stopAfter = Int.max
  }

  typealias Configure = @Sendable (inout Setup) -> Void

  /// The results of a process after its run.
  struct Outcome: Sendable {
    let end: TrainingEnd
    let state: TrainingState
    let weights: [UInt32]
    let events, saved, failures: [String]
  }

  struct Failure: Error, Equatable {}

  /// A validator for processes that must not validate if the first validates alone.
  struct Refusing: Validator {
    func validate(_ model: TrainedTransformer, update: Int) throws -> ValidationScores { throw Failure() }
  }

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func run(
    in folder: TemporaryFolder, _ reducer: any GradientReducer, resuming: Bool, _ configure: Configure
  ) throws -> Outcome {
    var setup = Setup(rank: reducer.rank, fixture: RunFixture(folder: folder))
    setup.fixture.options.shards = 4
    if reducer.rank > 0 {
      setup.fixture.validator = Refusing()
      setup.fixture.saveModel = { _, _ in throw Failure() }
      setup.fixture.saveBest = { _, _ in throw Failure() }
    }
    configure(&setup)
    let (end, record) = try setup.fixture.run(
      resuming: resuming, stoppingAt: setup.stopAfter, reducer: reducer)
    var state = record.state
    state.seconds = 0
    return Outcome(
      end: end, state: state, weights: record.weights, events: record.events,
      saved: record.saved.map { "\($0.update)" } + record.kept, failures: record.failures)
  }

  private func alone(in folder: TemporaryFolder, resuming: Bool = false, _ configure: Configure) throws
    -> Outcome
  {
    try Self.run(in: folder, WorkerOrderSum(), resuming: resuming, configure)
  }

  private func together(
    _ processes: Int = 2, resuming: Bool = false, _ configure: @escaping Configure
  ) -> [Result<Outcome, any Error>] {
    SimulatedProcesses(processes).run { [folder] reducer in
      try Self.run(in: folder, reducer, resuming: resuming, configure)
    }
  }

  private func expectEqual(_ all: [Outcome], _ alone: Outcome) {
    for outcome in all {
      #expect(outcome.end == alone.end)
      #expect(outcome.weights == alone.weights)
      #expect(outcome.state == alone.state)
    }
    #expect(all.first?.events == alone.events && all.first?.saved == alone.saved)
    #expect(all.first?.failures == alone.failures)
    #expect(all.dropFirst().allSatisfy { $0.events.isEmpty && $0.saved.isEmpty && $0.failures.isEmpty })
  }

  private func log(_ folder: TemporaryFolder) throws -> [NSDictionary] {
    try RunFixture(folder: folder).log().map { line in
      NSDictionary(
        dictionary: line.filter { !["seconds", "target_tokens_per_second", "memory"].contains($0.key) })
    }
  }

  @Test(arguments: [2, 4])
  func runIsThatOfOneProcess(processes: Int) throws {
    let configure: Configure = { setup in
      (setup.fixture.plan.maxUpdates, setup.fixture.plan.batchesPerUpdate) = (12, 2)
      (setup.fixture.plan.keepEvery, setup.fixture.plan.keptCheckpoints) = (2, 3)
      (setup.fixture.plan.averageLast, setup.fixture.plan.selection.keepsBest) = (2, true)
    }
    let reference = try TemporaryFolder()
    let alone = try alone(in: reference, configure)
    #expect(alone.events.contains("averaging [10, 12]"))
    let all = try together(processes, configure).map { try $0.get() }
    expectEqual(all, alone)
    #expect(all.count == processes)
    #expect(try log(folder) == log(reference))
    #expect(folder.names == reference.names)
    let checkpoints = try [folder, reference].map { try RunFixture(folder: $0).checkpoint() }
    for (one, other) in zip(checkpoints[0], checkpoints[1]) {
      #expect(one.name == other.name && one.values.map(\.bitPattern) == other.values.map(\.bitPattern))
    }
  }

  @Test(arguments: [0, 1, 2])
  func stopOfAnyProcessIsThatOfAll(rank: Int) throws {
    let all = try together(3) { setup in
      setup.fixture.plan.maxUpdates = 20
      if setup.rank == rank { setup.stopAfter = 7 }
    }.map { try $0.get() }
    #expect(all.map(\.end) == [.interrupted, .interrupted, .interrupted])
    #expect(all.map(\.state.update) == [7, 7, 7])
    // A single process resumes what three have started, and the reverse, with the same bits.
    let whole = try alone(in: TemporaryFolder()) { $0.fixture.plan.maxUpdates = 20 }
    let middle = try alone(in: folder, resuming: true) { setup in
      (setup.fixture.plan.maxUpdates, setup.stopAfter) = (20, 13)
    }
    #expect(middle.state.update == 13)
    let last = try together(3, resuming: true) { $0.fixture.plan.maxUpdates = 20 }.map { try $0.get() }
    #expect(last.allSatisfy { $0.weights == whole.weights && $0.state == whole.state })
  }

  @Test(arguments: [0, 1])
  func checkpointRequestedFromAnyProcessIsWrittenByTheFirst(rank: Int) throws {
    let all = try together { setup in
      setup.fixture.plan.maxUpdates = 8
      if setup.rank == rank { setup.fixture.saveAt = [6] }
    }.map { try $0.get() }
    #expect(all[0].events.filter { $0.hasPrefix("saved") } == ["saved 6"])
    #expect(all[1].events.isEmpty)
    try FileManager.default.removeItem(atPath: CheckpointFiles(modelFolder: folder.path).last)
    #expect(try CheckpointFiles(modelFolder: folder.path).newest().state.update == 6)
  }

  /// The clocks of processes do not start at the same time; the first process's clock counts.
  @Test(arguments: [0, 1])
  func timeIsThatOfTheFirstProcess(late: Int) throws {
    let all = try together { setup in
      // Generous, because other tests run at the same time.
      (setup.fixture.plan.timeBudget, setup.fixture.plan.validateEvery) = (2, 0)
      setup.fixture.options.schedule.decay = .cosine
      let rank = setup.rank
      setup.fixture.prepare = { _ in if rank == late { Thread.sleep(forTimeInterval: 0.3) } }
    }.map { try $0.get() }
    #expect(all.map(\.end) == [.timeBudget, .timeBudget])
    #expect(all[0].state.update > 0 && all[0].state == all[1].state)
    #expect(all[0].weights == all[1].weights)
  }

  @Test func processesDivergeTogether() throws {
    let configure: Configure = { setup in
      setup.fixture.dropout = 0
      setup.fixture.options.schedule = LearningRateSchedule(peak: 1e30, warmup: 0)
      setup.fixture.plan.skipLimit = 3
    }
    let alone = try alone(in: TemporaryFolder(), configure)
    #expect(alone.end == .diverged(.skipped(3)) && alone.state.watch.rollbacks == 3)
    expectEqual(try together(2, configure).map { try $0.get() }, alone)
  }

  /// The previous model stays the best in all processes, and is the one to beat.
  @Test func bestModelThatIsNotSavedIsTheBestInNoProcess() throws {
    let configure: Configure = { setup in
      setup.fixture.plan.maxUpdates = 13
      guard setup.rank == 0 else { return }
      setup.fixture.validator = RunFixture.ListedScores([5, 3, 4].map { .init(perplexity: $0) })
      setup.fixture.saveModel = { _, state in if state.update == 10 { throw Failure() } }
    }
    let alone = try alone(in: TemporaryFolder(), configure)
    #expect(alone.saved == ["5", "13"] && alone.failures.count == 1)
    expectEqual(try together(2, configure).map { try $0.get() }, alone)
  }

  @Test func interruptedValidationIsInterruptedForAll() throws {
    struct Interrupted: Validator {
      func validate(_ model: TrainedTransformer, update: Int) throws -> ValidationScores {
        throw ValidationInterrupted()
      }
    }
    let all = try together { setup in
      if setup.rank == 0 { (setup.fixture.validator, setup.stopAfter) = (Interrupted(), 5) }
    }.map { try $0.get() }
    #expect(all.map(\.end) == [.interrupted, .interrupted])
    #expect(all.map(\.state.interruptedValidation) == [5, 5])
  }

  // MARK: - Shared validation

  /// A validator that all processes call; it notes which.
  final class Shared: Validator {
    let ranks = Mutex<[Int]>([])
    /// Scores a model in one of the processes.
    let share: @Sendable (_ rank: Int, _ update: Int) throws -> Void

    init(share: @escaping @Sendable (_ rank: Int, _ update: Int) throws -> Void = { _, _ in }) {
      self.share = share
    }

    func validate(_ model: TrainedTransformer, update: Int) -> ValidationScores {
      ranks.withLock { $0.append(-1) }
      return RunFixture.PerplexityValidator().validate(model, update: update)
    }

    func validate(_ model: TrainedTransformer, update: Int, with reducer: any GradientReducer) throws
      -> ValidationScores
    {
      ranks.withLock { $0.append(reducer.rank) }
      let scores = try reducer.together {
        try share(reducer.rank, update)
        return RunFixture.PerplexityValidator().validate(model, update: update)
      }
      #expect(reducer.isSame("\(scores)"))
      return scores
    }
  }

  /// The last validation is that of an average, whose files the second process may not see.
  @Test(arguments: [false, true])
  func processesThatHaveTheModelValidateTogether(hidesFiles: Bool) throws {
    let configure: Configure = { setup in
      (setup.fixture.plan.maxUpdates, setup.fixture.plan.validateEvery) = (6, 3)
      (setup.fixture.plan.keepEvery, setup.fixture.plan.keptCheckpoints) = (2, 2)
      setup.fixture.plan.averageLast = 2
    }
    let alone = try alone(in: TemporaryFolder(), configure)
    let (validator, other) = (Shared(), try TemporaryFolder().path)
    let all = try together(2) { setup in
      configure(&setup)
      setup.fixture.validator = validator
      if setup.rank == 1, hidesFiles { setup.fixture.plan.folder = other }
    }.map { try $0.get() }
    expectEqual(all, alone)
    let last = hidesFiles ? [-1] : [0, 1]
    #expect(validator.ranks.withLock { $0.sorted() } == ([0, 0, 1, 1] + last).sorted())
  }

  @Test(arguments: [0, 1])
  func interruptionOfAShareIsThatOfAll(rank: Int) throws {
    let validator = Shared { current, update in
      if current == rank, update == 5 { throw ValidationInterrupted() }
    }
    let all = try together { setup in
      setup.fixture.validator = validator
      if setup.rank == rank { setup.stopAfter = 5 }
    }.map { try $0.get() }
    #expect(all.map(\.end) == [.interrupted, .interrupted])
    #expect(all.map(\.state.interruptedValidation) == [5, 5])
  }

  @Test(arguments: [0, 1])
  func failureOfAShareEndsAll(rank: Int) throws {
    let validator = Shared { current, _ in if current == rank { throw Failure() } }
    expectFailure(of: rank, together { $0.fixture.validator = validator })
    #expect(try CheckpointFiles(modelFolder: folder.path).newest().state.update == 5)
  }

  // MARK: - Failures

  private func expectFailure(of rank: Int, _ outcomes: [Result<Outcome, any Error>]) {
    for (index, outcome) in outcomes.enumerated() {
      if index == rank {
        #expect(throws: Failure()) { try outcome.get() }
      } else {
        #expect(throws: TrainingProcessError.failed(rank: rank)) { try outcome.get() }
      }
    }
  }

  @Test func failureOfTheValidationEndsAll() throws {
    expectFailure(of: 0, together { if $0.rank == 0 { $0.fixture.validator = Refusing() } })
    #expect(try CheckpointFiles(modelFolder: folder.path).newest().state.update == 5)
  }

  @Test(arguments: [0, 1])
  func failureToMakeBatchesEndsAll(rank: Int) throws {
    let outcomes = together { setup in
      if setup.rank == rank { setup.fixture.beginEpoch = { if $0 == 2 { throw Failure() } } }
    }
    expectFailure(of: rank, outcomes)
    let state = try CheckpointFiles(modelFolder: folder.path).newest().state
    #expect(state.epoch == 2 && state.batchesDone == 0)
  }

  @Test func failureToSaveTheLastModelEndsAll() throws {
    expectFailure(
      of: 0,
      together { setup in
        setup.fixture.plan.maxUpdates = 3
        setup.fixture.saveModel = { _, _ in throw Failure() }
      })
  }

  @Test func processesOfDifferentRunsAreRefused() throws {
    for (rank, outcome) in together(2, { $0.fixture.plan.fingerprint = "seed \($0.rank)" }).enumerated() {
      #expect(throws: TrainingProcessError.differentRuns(rank: rank, found: "seed \(rank), update 0")) {
        try outcome.get()
      }
    }
  }

  /// The first process must not remove the checkpoints of an earlier run before it knows that the new one starts.
  @Test func refusedRunLeavesTheCheckpointsOfTheOneBefore() throws {
    _ = try together { $0.stopAfter = 2 }.map { try $0.get() }
    for outcome in together(2, { $0.fixture.plan.fingerprint = "seed \($0.rank)" }) {
      #expect(throws: TrainingProcessError.self) { try outcome.get() }
    }
    #expect(try CheckpointFiles(modelFolder: folder.path).newest().state.update == 2)
  }

  /// One process cannot resume from the checkpoint.
  @Test func processesResumeTogether() throws {
    _ = try together { $0.stopAfter = 2 }.map { try $0.get() }
    let outcomes = together(resuming: true) { if $0.rank == 1 { $0.fixture.plan.fingerprint = "other" } }
    #expect(throws: TrainingProcessError.failed(rank: 1)) { try outcomes[0].get() }
    #expect(throws: ResumeError.self) { try outcomes[1].get() }
  }
}

import Files
import Foundation
import Models
import TestSupport
import Testing
import Training

@Suite struct ResumeTests {
  /// 13 is in the second epoch and between two validations; 9 is at or near the end of an epoch.
  @Test(arguments: [1, 9, 13, 15, 29])
  func interruptionDoesNotShow(update: Int) throws {
    var (whole, parts) = (try RunFixture(), try RunFixture())
    (whole.plan.maxUpdates, parts.plan.maxUpdates) = (30, 30)
    #expect((5...13).contains(whole.updatesPerEpoch), "the run must cross the border of an epoch")
    let uninterrupted = try whole.run()
    let first = try parts.run(stoppingAt: update)
    #expect(first.end == .interrupted)
    #expect(first.record.state.update == update)
    let second = try parts.run(resuming: true)
    #expect(second.end == .maxUpdates)
    try expectEqual(whole, uninterrupted.record, parts, second.record)
    #expect(
      first.record.saved.map(\.best.update) + second.record.saved.map(\.best.update)
        == uninterrupted.record.saved.map(\.best.update))
  }

  @Test func manyInterruptionsDoNotShow() throws {
    var (whole, parts) = (try RunFixture(), try RunFixture())
    (whole.plan.maxUpdates, parts.plan.maxUpdates) = (12, 12)
    let uninterrupted = try whole.run().record
    _ = try parts.run(stoppingAt: 1)
    for update in 2...11 { _ = try parts.run(resuming: true, stoppingAt: update) }
    try expectEqual(whole, uninterrupted, parts, try parts.run(resuming: true).record)
  }

  struct Variant: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var optimizer: any Optimizer = Adam()
    var decay = LearningRateSchedule.Decay.inverseSquareRoot
    var batchesPerUpdate = 1
    let kinds: [String]
  }

  static let variants: [Variant] = {
    var (adafactor, sgd) = (Adafactor(), SGD())
    (adafactor.beta1, sgd.weightDecay) = (0.9, 0.1)
    return [
      Variant(testDescription: "SGD", optimizer: sgd, kinds: ["velocity."]),
      Variant(
        testDescription: "Adafactor", optimizer: adafactor,
        kinds: ["row_moment.", "column_moment.", "momentum."]),
      // Validations that are never better: the rate falls at the 2nd, the 4th, …
      Variant(
        testDescription: "plateau", decay: .plateau(factor: 0.5, patience: 2), kinds: ["first_moment."]),
      Variant(testDescription: "several batches", batchesPerUpdate: 3, kinds: ["first_moment."]),
    ]
  }()

  /// All state is in the checkpoint; 8 is between two validations, 20 after a reduction.
  @Test(arguments: variants, [8, 20])
  func interruptionDoesNotShow(_ variant: Variant, update: Int) throws {
    var (whole, parts) = (try RunFixture(), try RunFixture())
    func configure(_ fixture: inout RunFixture) {
      fixture.options.optimizer = variant.optimizer
      fixture.options.schedule.decay = variant.decay
      fixture.plan.batchesPerUpdate = variant.batchesPerUpdate
      (fixture.plan.maxUpdates, fixture.plan.keptCheckpoints) = (26, 2)
      fixture.validator = RunFixture.ListedScores([.init(perplexity: 5)])
    }
    configure(&whole)
    configure(&parts)
    let uninterrupted = try whole.run().record
    _ = try parts.run(stoppingAt: update)
    let resumed = try parts.run(resuming: true).record
    try expectEqual(whole, uninterrupted, parts, resumed, kinds: variant.kinds)
    if case .plateau = variant.decay { #expect(resumed.state.schedule.reductions == 2) }
    #expect(
      try parts.log().last?["learning_rate"] as? Double == whole.log().last?["learning_rate"] as? Double)
    let kept = [whole, parts].map { KeptWeights(modelFolder: $0.plan.folder).files }
    #expect(kept[0].map(\.update) == kept[1].map(\.update))
    for (one, other) in zip(kept[0], kept[1]) {
      #expect(try readFile(path: one.path) == readFile(path: other.path))
    }
  }

  @Test func anotherOptimizerIsRefused() throws {
    var fixture = try RunFixture()
    _ = try fixture.run(stoppingAt: 2)
    fixture.options.optimizer = SGD()
    let path = fixture.plan.checkpointPath
    #expect(throws: ResumeError.differentOptimizer(path: path, found: "adam", expected: "sgd")) {
      try fixture.run(resuming: true)
    }
  }

  private func expectEqual(
    _ whole: RunFixture, _ expected: RunFixture.Record, _ parts: RunFixture, _ found: RunFixture.Record,
    kinds: [String] = ["first_moment.", "second_moment.", "average.", "model."]
  ) throws {
    let (one, other) = (try whole.checkpoint(), try parts.checkpoint())
    #expect(one.map(\.name) == other.map(\.name))
    for kind in kinds { #expect(one.contains { $0.name.hasPrefix(kind) }) }
    for (a, b) in zip(one, other) {
      #expect(a.values.map(\.bitPattern) == b.values.map(\.bitPattern), "\(a.name)")
    }
    var (state, reference) = (found.state, expected.state)
    (state.seconds, reference.seconds) = (0, 0)
    #expect(state == reference)
  }

  @Test func interruptedRunDoesNotValidateButResumesInTimeToDoSo() throws {
    var fixture = try RunFixture()
    fixture.plan.maxUpdates = 7
    let first = try fixture.run(stoppingAt: 7).record
    #expect(first.events.filter { $0.hasPrefix("validating") } == ["validating 5"])
    // There is nothing left to train, but the last updates have not been validated.
    let second = try fixture.run(resuming: true).record
    #expect(second.events.filter { $0.hasPrefix("validating") } == ["validating 7"])
    #expect(try fixture.run(resuming: true).record.events.isEmpty)
  }

  @Test func secondsAddUp() throws {
    let fixture = try RunFixture()
    let first = try fixture.run(stoppingAt: 3).record.state
    let second = try fixture.run(resuming: true, stoppingAt: 4).record.state
    #expect(second.seconds > first.seconds)
  }

  @Test func logIsContinued() throws {
    var fixture = try RunFixture()
    fixture.plan.maxUpdates = 8
    _ = try fixture.run(stoppingAt: 4)
    let log = fixture.folder("train.jsonl")
    // A line truncated by a power failure.
    let torn = try readFile(path: log) + Array(#"{"update":9,"lo"#.utf8)
    try writeFileAtomically(path: log, contents: torn)
    _ = try fixture.run(resuming: true)
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    let whole = lines.filter { (try? JSONSerialization.jsonObject(with: Data($0.utf8))) != nil }
    #expect(whole.count == lines.count && whole.count == 8, "only the torn line is lost")
    #expect(whole.filter { $0.contains("valid_perplexity") }.count == 2)
    fixture.plan.maxUpdates = 4
    _ = try fixture.run()
    #expect(try fixture.log().count < lines.count, "a new run starts a new log")
  }

  @Test func nothingToResume() throws {
    let fixture = try RunFixture()
    #expect(throws: ResumeError.nothingToResume(path: fixture.plan.checkpointPath)) {
      try fixture.run(resuming: true)
    }
  }

  @Test func newRunForgetsTheOldCheckpoint() throws {
    struct Stop: Error {}
    var fixture = try RunFixture()
    _ = try fixture.run(stoppingAt: 2)
    fixture.saveModel = { [fixture] _, _ in
      #expect(try CheckpointFiles(modelFolder: fixture.plan.folder).newest().state.update == 0)
      throw Stop()
    }
    fixture.plan.maxUpdates = 5
    #expect(throws: Stop.self) { try fixture.run() }
    #expect(try CheckpointFiles(modelFolder: fixture.plan.folder).newest().state.update == 5)
  }

  @Test func anotherRunIsRefused() throws {
    var fixture = try RunFixture()
    _ = try fixture.run(stoppingAt: 2)
    fixture.plan.fingerprint = "other"
    #expect(
      throws: ResumeError.differentRun(path: fixture.plan.checkpointPath, found: "toy", expected: "other")
    ) { try fixture.run(resuming: true) }
  }

  /// The state holds everything that the result depends on, so that a resumed run can use the same.
  @Test func checkpointKnowsShardsAndPieces() throws {
    var fixture = try RunFixture()
    fixture.options.activationLimit = 12345
    _ = try fixture.run(stoppingAt: 2)
    let state = try CheckpointFiles(modelFolder: fixture.plan.folder).newest().state
    #expect((state.shards, state.activationLimit) == (2, 12345))
  }

  @Test func interruptionDoesNotShowInPieces() throws {
    var (whole, parts) = (try RunFixture(), try RunFixture())
    (whole.options.activationLimit, parts.options.activationLimit) = (1, 1)
    (whole.plan.maxUpdates, parts.plan.maxUpdates) = (12, 12)
    let uninterrupted = try whole.run()
    _ = try parts.run(stoppingAt: 7)
    parts.options.threads = 1
    try expectEqual(whole, uninterrupted.record, parts, try parts.run(resuming: true).record)
  }

  func removePrevious(_ fixture: RunFixture) throws {
    try FileManager.default.removeItem(
      atPath: CheckpointFiles(modelFolder: fixture.plan.folder).previous)
  }

  @Test func truncatedCheckpointIsReported() throws {
    let fixture = try RunFixture()
    _ = try fixture.run(stoppingAt: 2)
    let path = fixture.plan.checkpointPath
    let bytes = try readFile(path: path)
    try removePrevious(fixture)
    for count in [0, 7, 500, bytes.count / 2, bytes.count - 1] {
      try writeFileAtomically(path: path, contents: Array(bytes.prefix(count)))
      #expect { try fixture.run(resuming: true) } throws: { "\($0)".contains(path) }
    }
  }

  @Test func checkpointWithoutStateIsReported() throws {
    let fixture = try RunFixture()
    _ = try fixture.run(stoppingAt: 2)
    let path = fixture.plan.checkpointPath
    try removePrevious(fixture)
    let tensors = try SafetensorsFile(path: path).tensors
    for metadata in [[:], ["training_state": "{}"], ["training_state": "no JSON"]] {
      try SafetensorsFile(tensors, metadata: metadata).write(path: path)
      #expect { try fixture.run(resuming: true) } throws: { error in
        guard case ResumeError.damaged(path, _) = error else { return false }
        return true
      }
    }
  }

  @Test func checkpointWithoutATensorIsReported() throws {
    let fixture = try RunFixture()
    _ = try fixture.run(stoppingAt: 2)
    let path = fixture.plan.checkpointPath
    var file = try SafetensorsFile(path: path)
    file.metadata["checksum"] = nil
    try removePrevious(fixture)
    for kind in ["first_moment.", "second_moment.", "average."] {
      let rest = file.tensors.filter { !$0.name.hasPrefix(kind) }
      try SafetensorsFile(rest, metadata: file.metadata).write(path: path)
      #expect { try fixture.run(resuming: true) } throws: { error in
        "\(error)".contains(path) && "\(error)".contains("'\(kind)")
      }
    }
  }
}

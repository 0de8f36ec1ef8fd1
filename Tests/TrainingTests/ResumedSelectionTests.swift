import Files
import Foundation
import Models
import Synchronization
import Testing
import Training

/// The state of every metric survives interruptions, including those of a validation.
@Suite struct ResumedSelectionTests {
  /// Scores that depend only on the update, so that interrupted and uninterrupted runs get the same.
  final class ScoresByUpdate: Validator {
    /// The update whose next validation is interrupted.
    let interruptedAt = Mutex<Int?>(nil)

    func validate(_ model: TrainedTransformer, update: Int) throws -> ValidationScores {
      if interruptedAt.withLock({ interrupted in
        defer { if interrupted == update { interrupted = nil } }
        return interrupted == update
      }) {
        throw ValidationInterrupted()
      }
      let number = update / 5
      return ValidationScores(
        perplexity: Double(10 + abs(6 - number)), bleu: Double(number * 7 % 5), chrf: Double(number * 11 % 7),
        script: number == 3 ? nil : Double(number % 4))
    }
  }

  private func fixture() throws -> RunFixture {
    var fixture = try RunFixture()
    fixture.validator = ScoresByUpdate()
    (fixture.plan.maxUpdates, fixture.plan.patience) = (80, 5)
    fixture.plan.selection.keepsBest = true
    (fixture.plan.selection.stopBy, fixture.plan.selection.stopWhen) = ([.bleu, .chrf], .all)
    return fixture
  }

  private func expectEqual(_ parts: [RunFixture.Record], _ whole: RunFixture.Record) throws {
    var (state, expected) = (try #require(parts.last).state, whole.state)
    (state.seconds, expected.seconds) = (0, 0)
    #expect(state == expected)
    #expect(parts.flatMap(\.kept) == whole.kept)
    #expect(parts.flatMap(\.saved).map(\.update) == whole.saved.map(\.update))
    let validations = { (records: [RunFixture.Record]) in
      records.flatMap(\.events).filter { $0.hasPrefix("validated") }
    }
    #expect(validations(parts) == validations([whole]))
  }

  @Test(arguments: [3, 12, 15, 31])
  func interruptionDoesNotShow(update: Int) throws {
    let (whole, parts) = (try fixture(), try fixture())
    let uninterrupted = try whole.run()
    #expect(uninterrupted.end == .noProgress && uninterrupted.record.kept.count > 6)
    let first = try parts.run(stoppingAt: update)
    #expect(first.end == .interrupted)
    let second = try parts.run(resuming: true)
    #expect(second.end == .noProgress)
    try expectEqual([first.record, second.record], uninterrupted.record)
  }

  /// The last of them ends the run for lack of progress.
  @Test(arguments: [5, 15, 0])
  func interruptedValidationIsMadeUpFor(update: Int) throws {
    let (whole, parts) = (try fixture(), try fixture())
    let uninterrupted = try whole.run()
    let update = update == 0 ? uninterrupted.record.state.update : update
    let validator = try #require(parts.validator as? ScoresByUpdate)
    validator.interruptedAt.withLock { $0 = update }
    let first = try parts.run(stoppingAt: update)
    #expect(first.end == .interrupted)
    #expect(first.record.state.interruptedValidation == update)
    let second = try parts.run(resuming: true)
    #expect(second.end == uninterrupted.end)
    try expectEqual([first.record, second.record], uninterrupted.record)
  }

  @Test func interruptedLastValidationIsMadeUpFor() throws {
    var fixture = try fixture()
    (fixture.plan.maxUpdates, fixture.plan.averageLast, fixture.plan.keptCheckpoints) = (8, 2, 2)
    fixture.plan.keepEvery = 2
    let validator = try #require(fixture.validator as? ScoresByUpdate)
    validator.interruptedAt.withLock { $0 = 8 }
    let (end, record) = try fixture.run()
    #expect(end == .interrupted)
    #expect(!record.events.contains { $0.hasPrefix("averaging") })
    let resumed = try fixture.run(resuming: true)
    #expect(resumed.end == .maxUpdates)
    #expect(
      resumed.record.events == [
        "validating 8", "validated 8", "averaging [6, 8]", "validating 8", "validated 8",
      ])
    #expect(resumed.record.state.progress[.perplexity]?.validationsWithoutProgress == 1)
  }

  /// With checkpoints from before all metrics were tracked, counting starts when the run is resumed.
  @Test func olderCheckpointsAreResumed() throws {
    let fixture = try fixture()
    _ = try fixture.run(stoppingAt: 12)
    for path in [fixture.plan.checkpointPath, CheckpointFiles(modelFolder: fixture.plan.folder).previous] {
      var file = try SafetensorsFile(path: path)
      let text = try #require(file.metadata["training_state"])
      let start = try #require(text.range(of: #""progress":{"#))
      let end = try #require(text.range(of: #""schedule""#))
      file.metadata["training_state"] = String(text[..<start.lowerBound]) + String(text[end.lowerBound...])
      file.metadata["checksum"] = nil
      try file.write(path: path)
    }
    let record = try fixture.run(resuming: true, stoppingAt: 16).record
    #expect(record.state.best.scores?.bleu == 4)
    #expect(record.kept == ["perplexity 15", "bleu 15", "chrf 15"])
  }
}

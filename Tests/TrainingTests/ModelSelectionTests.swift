import Files
import Models
import Synchronization
import Testing
import Training

/// Decisions by several metrics: the best model, the models that are kept, when to stop.
@Suite struct ModelSelectionTests {
  private typealias Scores = ValidationScores

  private func fixture(_ scores: [ValidationScores], updates: Int) throws -> RunFixture {
    var fixture = try RunFixture()
    fixture.validator = RunFixture.ListedScores(scores)
    fixture.plan.maxUpdates = updates
    return fixture
  }

  static let scores: [ValidationScores] = [
    Scores(perplexity: 9, bleu: 1, chrf: 10, script: 0.5),
    Scores(perplexity: 7, bleu: 3, chrf: 9, script: 0.4),
    Scores(perplexity: 8, bleu: 2, chrf: 12, script: 0.7),
    Scores(perplexity: 6, bleu: 2, chrf: 11, script: 0.3),
  ]

  @Test(arguments: [
    (ValidationMetric.bleu, ModelSelection.ScoreOrder.higher, [5, 10]), (.perplexity, .higher, [5, 10, 20]),
    (.chrf, .higher, [5, 15]), (.script, .higher, [5, 15]), (.script, .lower, [5, 10, 20]),
  ])
  func anyMetricMayDecide(_ metric: ValidationMetric, _ order: ModelSelection.ScoreOrder, saved: [Int]) throws
  {
    var fixture = try fixture(Self.scores, updates: 20)
    (fixture.plan.selection.bestBy, fixture.plan.selection.scriptOrder) = (metric, order)
    #expect(try fixture.run().record.saved.map(\.update) == saved)
  }

  /// At 10 there is no score: this is not better, but not a validation without progress either.
  @Test func missingScoreIsNobodysFault() throws {
    var fixture = try fixture(
      [
        Scores(perplexity: 9, script: 1), Scores(perplexity: 1), Scores(perplexity: 9, script: 0.5),
        Scores(perplexity: 1), Scores(perplexity: 9, script: 0.9), Scores(perplexity: 9, script: 2),
      ], updates: 100)
    (fixture.plan.selection.bestBy, fixture.plan.patience) = (.script, 2)
    let (end, record) = try fixture.run(stoppingAt: 20)
    #expect(end == .interrupted)
    #expect(record.saved.map(\.update) == [5])
    #expect(record.state.best.validationsWithoutProgress == 1)
    fixture.validator = RunFixture.ListedScores([Scores(perplexity: 9, script: 0.9)])
    let resumed = try fixture.run(resuming: true)
    #expect(resumed.end == .noProgress && resumed.record.state.update == 25)
  }

  /// Perplexity decides until there is a score; then any score is better than none.
  @Test func withoutAnyScorePerplexityDecides() throws {
    var fixture = try fixture(
      [
        Scores(perplexity: 5), Scores(perplexity: 4), Scores(perplexity: 6), Scores(perplexity: 9, script: 1),
        Scores(perplexity: 3), Scores(perplexity: 3, script: 0),
      ], updates: 30)
    fixture.plan.selection.bestBy = .script
    #expect(try fixture.run().record.saved.map(\.update) == [5, 10, 20])
  }

  /// Without progress for 2 validations: BLEU at 20, chrF at 25, perplexity not before 30.
  @Test(arguments: [
    ([ValidationMetric](), ModelSelection.StopRule.any, 20), ([.chrf], .any, 25), ([.bleu, .chrf], .any, 20),
    ([.bleu, .chrf], .all, 25), ([.perplexity, .bleu, .chrf], .all, 30), ([.perplexity], .any, 30),
    ([.script], .any, 40), ([.bleu, .script], .all, 40), ([.bleu, .script], .any, 20),
  ])
  func trainingStopsByWhatIsAskedFor(
    _ metrics: [ValidationMetric], _ rule: ModelSelection.StopRule, update: Int
  ) throws {
    var fixture = try fixture(
      [
        Scores(perplexity: 9, bleu: 1, chrf: 5), Scores(perplexity: 8, bleu: 2, chrf: 5),
        Scores(perplexity: 9, bleu: 1, chrf: 6), Scores(perplexity: 7, bleu: 1, chrf: 5),
        Scores(perplexity: 8, bleu: 1, chrf: 5),
      ], updates: 40)
    fixture.plan.patience = 2
    (fixture.plan.selection.stopBy, fixture.plan.selection.stopWhen) = (metrics, rule)
    let (end, record) = try fixture.run()
    // A metric without scores never stops training.
    #expect(end == (update == 40 ? .maxUpdates : .noProgress))
    #expect(record.state.update == update)
  }

  @Test func bestByEachIsKept() throws {
    var fixture = try fixture(Self.scores, updates: 20)
    fixture.plan.selection.keepsBest = true
    var scores: [String: ValidationScores?] = [:]
    fixture.saveBest = { state, metric in scores["\(metric)"] = state.best.scores }
    let record = try fixture.run().record
    #expect(
      record.kept == [
        "perplexity 5", "bleu 5", "chrf 5", "script 5", "perplexity 10", "bleu 10", "chrf 15", "script 15",
        "perplexity 20",
      ])
    #expect(
      scores == [
        "perplexity": Self.scores[3], "bleu": Self.scores[1], "chrf": Self.scores[2],
        "script": Self.scores[2],
      ])
    #expect(record.state.best.scores == Self.scores[1] && record.state.best.update == 10)
    #expect(
      record.state.progress.mapValues(\.update) == [.perplexity: 20, .bleu: 10, .chrf: 15, .script: 15])
  }

  @Test func nothingIsKeptUnlessAskedFor() throws {
    let record = try fixture(Self.scores, updates: 20).run().record
    #expect(record.kept.isEmpty && record.state.progress.count == 4)
  }

  /// The model on disk stays the best until a better one is saved.
  @Test func whatCannotBeKeptIsTriedAgain() throws {
    struct DiskFull: Error {}
    var fixture = try fixture(
      [Scores(perplexity: 9, chrf: 1), Scores(perplexity: 9, chrf: 3), Scores(perplexity: 9, chrf: 2)],
      updates: 15)
    fixture.plan.selection.keepsBest = true
    fixture.saveBest = { state, metric in
      if metric == .chrf, state.update == 10 { throw DiskFull() }
    }
    let (end, record) = try fixture.run()
    #expect(end == .maxUpdates)
    #expect(record.failures.count == 1)
    #expect(record.kept.filter { $0.hasPrefix("chrf") } == ["chrf 5", "chrf 15"])
    #expect(record.state.progress[.chrf]?.scores?.chrf == 2)
    fixture.saveBest = { _, _ in throw DiskFull() }
    fixture.validator = RunFixture.ListedScores([Scores(perplexity: 1)])
    #expect(throws: DiskFull.self) { try fixture.run() }
  }

  /// A best validation from before keeping was turned on has no saved model.
  @Test func keepingMayBeginLater() throws {
    var fixture = try fixture(Self.scores, updates: 20)
    _ = try fixture.run(stoppingAt: 12)
    fixture.plan.selection.keepsBest = true
    fixture.validator = RunFixture.ListedScores([Scores(perplexity: 8, bleu: 2, chrf: 1)])
    let record = try fixture.run(resuming: true).record
    #expect(record.kept == ["perplexity 15", "bleu 15", "chrf 15"])
    #expect(record.saved.isEmpty)
  }

  @Test func logHoldsAllScores() throws {
    let fixture = try fixture(Self.scores, updates: 20)
    _ = try fixture.run()
    let lines = try fixture.log().filter { $0["valid_perplexity"] != nil }
    #expect(lines.compactMap { $0["valid_chrf"] as? Double } == [10, 9, 12, 11])
    #expect(lines.compactMap { $0["valid_script"] as? Double } == [0.5, 0.4, 0.7, 0.3])
  }
}

import Testing
import Training

/// Training stops once the best model is good enough.
@Suite struct TargetScoreTests {
  private typealias Scores = ValidationScores

  static let scores: [ValidationScores] = [
    Scores(perplexity: 9, bleu: 10, script: 0.9), Scores(perplexity: 7, script: 0.8),
    Scores(perplexity: 5, bleu: 30, script: 0.2), Scores(perplexity: 6, bleu: 31, script: 0.7),
    Scores(perplexity: 4, bleu: 29, script: 0.1),
  ]

  private func fixture(_ target: Double, by metric: ValidationMetric = .bleu) throws -> RunFixture {
    var fixture = try RunFixture()
    fixture.validator = RunFixture.ListedScores(Self.scores)
    fixture.plan.maxUpdates = 40
    (fixture.plan.selection.target, fixture.plan.selection.bestBy) = (target, metric)
    return fixture
  }

  @Test(arguments: [
    (ValidationMetric.bleu, ModelSelection.ScoreOrder.higher, 30.0, 15), (.bleu, .higher, 30.5, 20),
    (.bleu, .higher, 5, 5), (.bleu, .higher, 32, 40), (.perplexity, .higher, 5, 15),
    (.perplexity, .higher, 4.5, 25), (.script, .higher, 0.9, 5), (.script, .lower, 0.15, 25),
    (.chrf, .higher, 1, 40),
  ])
  func trainingStopsAtIt(
    _ metric: ValidationMetric, _ order: ModelSelection.ScoreOrder, target: Double, update: Int
  ) throws {
    var fixture = try fixture(target, by: metric)
    fixture.plan.selection.scriptOrder = order
    let (end, record) = try fixture.run()
    #expect(end == (update == 40 ? .maxUpdates : .targetScore))
    #expect(record.state.update == update)
    if end == .targetScore { #expect(record.state.best.update == update) }
  }

  @Test func aResumedRunHasNothingLeftToDoUnlessTheTargetIsHigher() throws {
    var fixture = try fixture(30)
    #expect(try fixture.run().end == .targetScore)
    let again = try fixture.run(resuming: true)
    #expect(again.end == .targetScore && again.record.events.isEmpty)
    fixture.plan.selection.target = 31
    fixture.validator = RunFixture.ListedScores([Self.scores[3]])
    let more = try fixture.run(resuming: true)
    #expect(more.end == .targetScore && more.record.state.update == 20)
  }

  @Test func otherLimitsStillEndTheTraining() throws {
    var fixture = try fixture(99)
    fixture.plan.patience = 2
    #expect(try fixture.run().end == .noProgress)
    (fixture.plan.patience, fixture.plan.maxUpdates) = (0, 12)
    fixture.validator = RunFixture.ListedScores(Self.scores)
    #expect(try fixture.run().end == .maxUpdates)
  }

  /// Of the validations at 8, 16 and 20, the one at 16 is the first that is good enough.
  @Test func anEpochMayEndWithIt() throws {
    var fixture = try fixture(20)
    fixture.plan.validateEvery = .epochs(1)
    let (end, record) = try fixture.run()
    #expect(end == .targetScore)
    #expect(record.state.update == 3 * fixture.updatesPerEpoch || record.state.update == 40)
    #expect(record.state.batchesDone == 0)
  }
}

import Autodiff
import Corpora
import Foundation
import Models
import Testing
import Training

@Suite struct TrainingRunTests {
  @Test func updatesAreLimited() throws {
    var fixture = try RunFixture()
    fixture.plan.maxUpdates = 7
    let (end, record) = try fixture.run()
    #expect(end == .maxUpdates)
    #expect(record.state.update == 7)
    #expect(record.state.targetTokens > 100)
  }

  @Test func epochsAreLimited() throws {
    var fixture = try RunFixture()
    fixture.plan.maxEpochs = 2
    let (end, record) = try fixture.run()
    #expect(end == .maxEpochs)
    #expect(record.state.update == 2 * fixture.updatesPerEpoch)
    #expect(record.state.newestEpoch == 2)
    // Every pair twice, including </s>.
    let tokens = fixture.corpus.report.targetTokens + fixture.corpus.count
    #expect(record.state.targetTokens == 2 * tokens)
  }

  @Test func timeIsLimited() throws {
    var fixture = try RunFixture()
    // Generous, because other tests run at the same time.
    fixture.plan.timeBudget = 1
    let began = Date()
    let (end, record) = try fixture.run()
    #expect(end == .timeBudget)
    #expect(record.state.update > 0)
    #expect(record.state.seconds >= 1)
    #expect(-began.timeIntervalSinceNow < 60)
  }

  @Test func timeThatIsUpAtOnceTrainsNothing() throws {
    var fixture = try RunFixture()
    fixture.plan.timeBudget = 0
    let (end, record) = try fixture.run()
    #expect(end == .timeBudget)
    #expect(record.events.isEmpty)
  }

  @Test func eventsComeInOrder() throws {
    var fixture = try RunFixture()
    fixture.plan.maxUpdates = 6
    fixture.validator = RunFixture.ListedScores([.init(perplexity: 5), .init(perplexity: 6)])
    let (_, record) = try fixture.run()
    #expect(
      record.events == [
        "updated 1", "updated 2", "logged 2", "updated 3", "updated 4", "logged 4", "updated 5",
        "validating 5", "validated 5, best", "updated 6", "logged 6", "validating 6", "validated 6",
      ])
    #expect(record.saved.map(\.update) == [5])
    #expect(record.saved.map(\.best.scores?.perplexity) == [5])
    #expect(record.state.best.update == 5)
  }

  @Test func lastUpdateIsValidatedOnce() throws {
    var fixture = try RunFixture()
    fixture.plan.maxUpdates = 10
    let (_, record) = try fixture.run()
    #expect(record.events.filter { $0.hasPrefix("validating") } == ["validating 5", "validating 10"])
  }

  @Test func trainingStopsWithoutProgress() throws {
    var fixture = try RunFixture()
    fixture.plan.patience = 2
    fixture.validator = RunFixture.ListedScores([5, 4, 6, 3, 3, 7].map { .init(perplexity: $0) })
    let (end, record) = try fixture.run()
    #expect(end == .noProgress)
    #expect(record.state.update == 30)
    #expect(record.saved.map(\.update) == [5, 10, 20])
    #expect(record.state.best.scores?.perplexity == 3)
    #expect(record.state.best.validationsWithoutProgress == 2)
  }

  @Test func bleuDecidesBeforePerplexity() throws {
    var fixture = try RunFixture()
    fixture.plan.maxUpdates = 25
    fixture.validator = RunFixture.ListedScores([
      .init(perplexity: 9, bleu: 0), .init(perplexity: 8, bleu: 0), .init(perplexity: 7, bleu: 2),
      .init(perplexity: 6, bleu: 1), .init(perplexity: 10, bleu: 3),
    ])
    #expect(try fixture.run().record.saved.map(\.update) == [5, 10, 15, 25])
  }

  @Test func perplexityThatIsNoNumberIsNeverBest() throws {
    var fixture = try RunFixture()
    fixture.plan.maxUpdates = 10
    fixture.validator = RunFixture.ListedScores([.init(perplexity: .infinity), .init(perplexity: 1e9)])
    #expect(try fixture.run().record.saved.map(\.update) == [10])
  }

  @Test func logIsJSONWithTheDocumentedKeys() throws {
    var fixture = try RunFixture()
    fixture.plan.maxUpdates = 10
    _ = try fixture.run()
    let lines = try fixture.log()
    #expect(lines.count == 8)
    #expect(lines.last?["event"] as? String == "ended" && lines.last?["reason"] as? String == "max_updates")
    let training = lines.filter { $0["loss"] != nil }
    #expect(training.compactMap { $0["update"] as? Int } == [2, 4, 6, 8, 10])
    let keys = [
      "update", "epoch", "loss", "perplexity", "learning_rate", "target_tokens", "target_tokens_per_second",
      "seconds", "gradient_norm", "memory",
    ]
    for line in training {
      for key in keys { #expect(((line[key] as? Double) ?? 0) > 0, "\(key)") }
      // Smoothed and unsmoothed cross-entropy of the same tokens are close.
      let (loss, perplexity) = (line["loss"] as? Double ?? 0, line["perplexity"] as? Double ?? 0)
      #expect(abs(loss - log(perplexity)) < 0.5)
    }
    let tokens = training.compactMap { $0["target_tokens"] as? Int }
    #expect(tokens == tokens.sorted() && Set(tokens).count == 5)
    let validation = lines.filter { $0["valid_perplexity"] != nil }
    #expect(validation.compactMap { $0["update"] as? Int } == [5, 10])
    #expect(validation.allSatisfy { $0["is_best"] is Bool && $0["loss"] == nil })
  }

  @Test func whatValidationThrowsEndsTheRunWithACheckpoint() throws {
    struct Broken: Validator, Error {
      func validate(_ model: TrainedTransformer, update: Int) throws -> ValidationScores { throw self }
    }
    var fixture = try RunFixture()
    fixture.validator = Broken()
    #expect(throws: Broken.self) { try fixture.run() }
    #expect(try !fixture.checkpoint().isEmpty)
  }
}

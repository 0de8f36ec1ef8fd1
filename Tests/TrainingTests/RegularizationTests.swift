import Autodiff
import Corpora
import Foundation
import Models
import Tensors
import TestSupport
import Testing
import Training

/// R-Drop, word dropout and LayerDrop in whole updates.
@Suite struct RegularizationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let regularization: Regularization

    init(_ name: String, _ change: (inout Regularization) -> Void) {
      var regularization = Regularization()
      change(&regularization)
      (testDescription, self.regularization) = (name, regularization)
    }
  }

  static let cases = [
    Case("R-Drop") { $0.rDrop = 5 },
    Case("word dropout") { $0.wordDropout = 0.2 },
    Case("LayerDrop") { $0.layerDrop = 0.4 },
    Case("all together") { ($0.rDrop, $0.wordDropout, $0.layerDrop) = (1, 0.1, 0.3) },
  ]

  private static func options(_ item: Case, shards: Int = 2, threads: Int = 1, seed: UInt64 = 1)
    -> TrainerOptions
  {
    var options = ToyTask.options(shards: shards, threads: threads)
    (options.regularization, options.seed) = (item.regularization, seed)
    return options
  }

  private static func trained(_ options: TrainerOptions, dropout: Float = 0.1) -> (
    trainer: Trainer, reports: [UpdateReport]
  ) {
    let trainer = Trainer(ToyTask.model(layers: 2, dropout: dropout), options: options)
    let reports = (0..<4).map { trainer.update(ToyTask.batch(17, seed: UInt64($0))) }
    return (trainer, reports)
  }

  @Test(arguments: cases)
  func seedDecidesAndThreadsDoNotShow(_ item: Case) {
    let first = Self.trained(Self.options(item))
    let again = Self.trained(Self.options(item, threads: 2))
    #expect(first.trainer.parameters.bits == again.trainer.parameters.bits)
    #expect(first.reports.map(\.loss) == again.reports.map(\.loss))
    let other = Self.trained(Self.options(item, seed: 2))
    #expect(first.trainer.parameters.bits != other.trainer.parameters.bits)
  }

  @Test(arguments: cases)
  func trainingIsNotWhatItIsWithout(_ item: Case) {
    let (with, without) = (
      Self.trained(Self.options(item)), Self.trained(Self.options(Case("nothing") { _ in }))
    )
    #expect(with.trainer.parameters.bits != without.trainer.parameters.bits)
    #expect(with.reports.map(\.loss.tokens) == without.reports.map(\.loss.tokens), "tokens count once")
    // The loss per token keeps its magnitude if no part of the model is dropped.
    guard item.regularization.layerDrop == 0 else { return }
    let (one, other) = (with.reports[0].loss.lossPerToken, without.reports[0].loss.lossPerToken)
    #expect(abs(one - other) < 0.3 * other, "\(one), \(other)")
  }

  /// Validation and translation use inference tapes.
  @Test(arguments: cases)
  func inferenceKnowsNothingOfIt(_ item: Case) {
    let (model, batch) = (ToyTask.model(layers: 2, dropout: 0.1), ToyTask.batch(9))
    let weights = model.initialParameters(seed: 1)
    let losses = [Regularization(), item.regularization].map {
      model.loss(
        source: batch.source, target: batch.target,
        objective: TrainingObjective(labelSmoothing: 0.1, regularization: $0),
        on: Tape(inference: weights))
    }
    #expect(losses[0] == losses[1])
    #expect(losses[0].divergence == 0)
  }

  @Test(arguments: cases, [1, 9, 13])
  func interruptionDoesNotShow(_ item: Case, update: Int) throws {
    var (whole, parts) = (try RunFixture(), try RunFixture())
    (whole.plan.maxUpdates, parts.plan.maxUpdates) = (20, 20)
    (whole.options.regularization, parts.options.regularization) = (item.regularization, item.regularization)
    _ = try whole.run()
    #expect(try parts.run(stoppingAt: update).end == .interrupted)
    #expect(try parts.run(resuming: true).end == .maxUpdates)
    #expect(try whole.checkpoint() == parts.checkpoint())
  }

  @Test func rDropMeasuresWhatDropoutDoes() throws {
    let item = Self.cases[0]
    let (with, without) = (Self.trained(Self.options(item)), Self.trained(Self.options(item), dropout: 0))
    #expect(with.reports.allSatisfy { $0.loss.divergence > 0.01 })
    // Both passes are equal except for the order of additions in the matrix library.
    #expect(without.reports.allSatisfy { abs($0.loss.divergence) < 1e-4 })
    let plain = Self.trained(Self.options(Case("nothing") { _ in }), dropout: 0)
    for (one, other) in zip(without.reports, plain.reports) {
      #expect(abs(one.loss.lossPerToken - other.loss.lossPerToken) < 1e-4)
      #expect(abs(one.gradientNorm - other.gradientNorm) < 1e-3 * other.gradientNorm)
    }
  }

  /// Without dropout, single sentences and whole batches give the same result within rounding.
  @Test func rDropWorksInPieces() {
    let item = Self.cases[0]
    let memory = ActivationMemory(ToyTask.model(layers: 2).configuration, regularization: item.regularization)
    var options = Self.options(item)
    options.activationLimit =
      memory.perBatch(longestSource: 7, longestTarget: 7) + memory.pair(source: 7, target: 7)
    let (parts, whole) = (Self.trained(options, dropout: 0), Self.trained(Self.options(item), dropout: 0))
    for (one, other) in zip(parts.reports, whole.reports) {
      #expect(one.loss.tokens == other.loss.tokens)
      #expect(abs(one.loss.lossPerToken - other.loss.lossPerToken) < 1e-4)
      #expect(abs(one.gradientNorm - other.gradientNorm) < 1e-3 * other.gradientNorm)
    }
    #expect(parts.trainer.parameters.bits != whole.trainer.parameters.bits, "there are pieces")
    for capacity in parts.trainer.activationCapacities {
      #expect(capacity <= options.activationLimit ?? 0)
    }
  }

  /// With a higher α, the two passes agree more.
  @Test func rDropBringsPassesTogether() {
    let divergences = [Float(0.01), 20].map { alpha in
      let trainer = Trainer(
        ToyTask.model(layers: 2, dropout: 0.2), options: Self.options(Case("R-Drop") { $0.rDrop = alpha }))
      let reports = (0..<40).map { trainer.update(ToyTask.batch(17, seed: UInt64($0))) }
      return reports.suffix(10).reduce(0) { $0 + $1.loss.divergencePerToken } / 10
    }
    #expect(divergences[1] < 0.5 * divergences[0], "\(divergences)")
  }

  @Test func divergenceStandsInTheLog() throws {
    for alpha in [Float(0), 5] {
      var run = try RunFixture()
      (run.plan.maxUpdates, run.options.regularization.rDrop) = (4, alpha)
      _ = try run.run()
      let found = try run.log().compactMap { $0["divergence"] as? Double }
      #expect(found.count == (alpha == 0 ? 0 : 2))
      #expect(found.allSatisfy { $0 > 0 })
    }
  }
}

import Autodiff
import Corpora
import Models
import Tensors
import TestSupport
import Testing
import Training

@Suite struct TrainerTests {
  @Test(arguments: [2, 3, 5])
  func shardsAreOneBatchWithinRounding(shards: Int) {
    let whole = ToyTask.trained(updates: 4, options: ToyTask.options())
    let parts = ToyTask.trained(updates: 4, options: ToyTask.options(shards: shards))
    expectEqualWithinRounding(parts, whole)
  }

  @Test(arguments: [(1, 1), (2, 2), (3, 2)])
  func sameSeedAndShardsGiveEqualBits(shards: Int, threads: Int) {
    let options = ToyTask.options(shards: shards, threads: threads)
    let first = ToyTask.trained(updates: 6, options: options, dropout: 0.2)
    let second = ToyTask.trained(updates: 6, options: options, dropout: 0.2)
    #expect(first.trainer.parameters.bits == second.trainer.parameters.bits)
    #expect(first.trainer.weightsForUse().bits == second.trainer.weightsForUse().bits)
    #expect(first.reports.map(\.loss) == second.reports.map(\.loss))
  }

  @Test func threadsDoNotShow() {
    let one = ToyTask.trained(updates: 6, options: ToyTask.options(shards: 2), dropout: 0.2)
    for threads in [2, 3] {
      let options = ToyTask.options(shards: 2, threads: threads)
      let many = ToyTask.trained(updates: 6, options: options, dropout: 0.2)
      #expect(one.trainer.parameters.bits == many.trainer.parameters.bits)
    }
  }

  @Test(.enabled(if: MatrixPrecision.bfloat16.problem == nil))
  func bfloat16IsTheSameTrainingWithinItsRounding() {
    let exact = ToyTask.trained(updates: 4, options: ToyTask.options())
    var options = ToyTask.options(shards: 2)
    options.precision = .bfloat16
    let one = ToyTask.trained(updates: 4, options: options)
    #expect(one.trainer.parameters.bits != exact.trainer.parameters.bits)
    for (rounded, exact) in zip(one.reports, exact.reports) {
      #expect(abs(rounded.loss.lossPerToken - exact.loss.lossPerToken) < 0.02 * exact.loss.lossPerToken)
      #expect(abs(rounded.gradientNorm - exact.gradientNorm) < 0.05 * exact.gradientNorm)
    }
    options.threads = 2
    let two = ToyTask.trained(updates: 4, options: options)
    #expect(one.trainer.parameters.bits == two.trainer.parameters.bits, "threads must not show")
  }

  @Test func seedDecidesWeightsAndDropout() {
    let (model, batch) = (ToyTask.model(dropout: 0.3), ToyTask.batch(9))
    let weights = model.initialParameters(seed: 5)
    #expect(weights.bits != model.initialParameters(seed: 6).bits)
    let losses = [UInt64(1), 1, 2].map { seed in
      var options = ToyTask.options()
      options.seed = seed
      let copy = FlatBuffer(count: weights.count)
      copy.copy(weights, in: 0..<weights.count)
      let trainer = Trainer(model, options: options, parameters: copy)
      return trainer.update(batch).loss.loss
    }
    #expect(losses[0] == losses[1])
    #expect(losses[0] != losses[2], "dropout must depend on the seed")
  }

  @Test func dropoutIsDrawnAnewInEveryUpdate() {
    var options = ToyTask.options()
    // With a rate of zero the weights do not change, so only dropout can change the loss.
    options.schedule = LearningRateSchedule(peak: 0, warmup: 1, initial: 0)
    let trainer = Trainer(ToyTask.model(dropout: 0.3), options: options)
    let losses = (0..<3).map { _ in trainer.update(ToyTask.batch(9)).loss.loss }
    #expect(Set(losses).count == 3)
    let quiet = Trainer(ToyTask.model(), options: options)
    #expect(Set((0..<3).map { _ in quiet.update(ToyTask.batch(9)).loss.loss }).count == 1)
  }

  @Test(arguments: [1, 2, 3])
  func shardsMayOutnumberSentences(sentences: Int) {
    let batch = ToyTask.batch(sentences)
    let (whole, parts) = (
      Trainer(ToyTask.model(), options: ToyTask.options()),
      Trainer(ToyTask.model(), options: ToyTask.options(shards: 4, threads: 2))
    )
    let (one, many) = (whole.update(batch), parts.update(batch))
    #expect(!many.wasSkipped)
    #expect(many.loss.tokens == batch.targetTokens)
    #expect(abs(one.loss.loss - many.loss.loss) < 1e-3)
    #expect(abs(one.gradientNorm - many.gradientNorm) < 1e-3 * one.gradientNorm)
  }

  @Test(arguments: [Float.nan, .infinity, 1e30])
  func gradientThatIsNoNumberChangesNothing(bad: Float) {
    let (model, options) = (ToyTask.model(), ToyTask.options(shards: 2))
    let healthy = model.initialParameters(seed: 3)
    let reference = Trainer(model, options: options, parameters: model.initialParameters(seed: 3))
    let trainer = Trainer(model, options: options, parameters: model.initialParameters(seed: 3))
    let parameter = model.parameters[0].parameter
    trainer.parameters.replace(
      at: parameter.offset, with: [Float](repeating: bad, count: parameter.shape.count))
    let damaged = trainer.parameters.bits
    let report = trainer.update(ToyTask.batch(9))
    #expect(report.wasSkipped)
    #expect(!report.gradientNorm.isFinite)
    #expect(trainer.updates == 0)
    #expect(trainer.parameters.bits == damaged)
    // Nothing of it remains in gradients or moments.
    trainer.parameters.copy(healthy, in: 0..<healthy.count)
    _ = (trainer.update(ToyTask.batch(9)), reference.update(ToyTask.batch(9)))
    #expect(trainer.parameters.bits == reference.parameters.bits)
    #expect(trainer.weightsForUse().bits == reference.weightsForUse().bits)
  }

  @Test func averageFollowsTheWeightsByItsDecay() {
    var options = ToyTask.options()
    options.averageDecay = 0.25
    let trainer = Trainer(ToyTask.model(), options: options)
    var expected = trainer.parameters.array.map(Double.init)
    #expect(trainer.weightsForUse().array == trainer.parameters.array)
    for update in 1...5 {
      _ = trainer.update(ToyTask.batch(9, seed: UInt64(update)))
      let decay = min(0.25, Double(update + 1) / Double(update + 10))
      expected = zip(expected, trainer.parameters.array).map { decay * $0 + (1 - decay) * Double($1) }
    }
    let deviation = Deviation(trainer.weightsForUse().array, from: expected.map { Float($0) })
    #expect(deviation.ofNorm < 1e-6, "\(deviation)")
    #expect(trainer.weightsForUse().array != trainer.parameters.array)
  }

  @Test func withoutAverageTheWeightsThemselvesAreUsed() {
    var options = ToyTask.options()
    options.averageDecay = 0
    let trainer = Trainer(ToyTask.model(), options: options)
    _ = trainer.update(ToyTask.batch(9))
    let used = trainer.weightsForUse()
    #expect(used.bits == trainer.parameters.bits)
    // A copy: further training does not change what is being validated.
    _ = trainer.update(ToyTask.batch(9))
    #expect(used.bits != trainer.parameters.bits)
  }
}

import Autodiff
import Corpora
import Models
import Tensors
import TestSupport
import Testing
import Training

/// Updates whose shards are computed in pieces.
@Suite struct PiecesTests {
  /// Options with an activation limit for about this many letters of the toy task.
  static func options(shards: Int = 1, threads: Int = 1, tokens: Int) -> TrainerOptions {
    var options = ToyTask.options(shards: shards, threads: threads)
    let memory = ActivationMemory(ToyTask.model().configuration)
    options.activationLimit =
      memory.perBatch(longestSource: 7, longestTarget: 7) + tokens * memory.pair(source: 1, target: 1)
    return options
  }

  @Test(arguments: [1, 10, 25])
  func piecesAreOneBatchWithinRounding(tokens: Int) {
    let whole = ToyTask.trained(updates: 4, options: ToyTask.options())
    let parts = ToyTask.trained(updates: 4, options: Self.options(tokens: tokens))
    expectEqualWithinRounding(parts, whole)
    #expect(
      parts.trainer.parameters.bits != whole.trainer.parameters.bits,
      "sums in another order: there are pieces")
  }

  /// Without the update's division, which would hide a factor.
  @Test func firstMomentsAreTheSummedGradients() {
    let (whole, parts) = (
      Trainer(ToyTask.model(), options: ToyTask.options()),
      Trainer(ToyTask.model(), options: Self.options(tokens: 10))
    )
    _ = (whole.update(ToyTask.batch(17)), parts.update(ToyTask.batch(17)))
    let deviation = Deviation(firstMoment(parts), from: firstMoment(whole))
    #expect(deviation.ofNorm < 1e-5, "\(deviation)")
  }

  private func firstMoment(_ trainer: Trainer) -> [Float] {
    trainer.optimizerState.tensors.filter { $0.name.hasPrefix("first_moment.") }.flatMap {
      $0.buffer.array($0.range)
    }
  }

  @Test(arguments: [1, 10])
  func threadsDoNotShow(tokens: Int) {
    let one = ToyTask.trained(updates: 6, options: Self.options(shards: 2, tokens: tokens), dropout: 0.2)
    for threads in [2, 3] {
      let options = Self.options(shards: 2, threads: threads, tokens: tokens)
      let many = ToyTask.trained(updates: 6, options: options, dropout: 0.2)
      #expect(one.trainer.parameters.bits == many.trainer.parameters.bits)
      #expect(one.reports.map(\.loss) == many.reports.map(\.loss))
    }
  }

  @Test func piecesDropDifferentElements() {
    // Two equal pairs, whose pieces have equal losses except for dropout.
    let pair = ToyTask.batch(1)
    let twice = Batch(ToyTask.corpus(1), pairs: [0, 0])
    var options = Self.options(tokens: 1)
    options.schedule = LearningRateSchedule(peak: 0, warmup: 1, initial: 0)
    let (one, two) = (
      Trainer(ToyTask.model(dropout: 0.3), options: options),
      Trainer(ToyTask.model(dropout: 0.3), options: options)
    )
    #expect(abs(two.update(twice).loss.loss - 2 * one.update(pair).loss.loss) > 1e-3)
  }

  @Test func memoryStaysWithinTheLimit() throws {
    let options = Self.options(shards: 2, tokens: 20)
    let trainer = Trainer(ToyTask.model(dropout: 0.1), options: options)
    let limit = try #require(options.activationLimit)
    for update in 0..<20 {
      _ = trainer.update(ToyTask.batch(10 + update * 7 % 30, seed: UInt64(update)))
      #expect(trainer.activationCapacities.allSatisfy { $0 == limit }, "no more, and asked for once")
    }
    trainer.releaseMemory()
    #expect(trainer.activationCapacities == [0, 0])
    _ = trainer.update(ToyTask.batch(9))
    #expect(trainer.activationCapacities.allSatisfy { $0 == limit })
  }

  /// A single long pair may exceed the limit; it is not dropped.
  @Test func pairThatNeedsMoreThanTheLimitIsTrainedOn() {
    var options = Self.options(tokens: 1)
    options.activationLimit = 1
    let report = {
      let trainer = Trainer(ToyTask.model(), options: options); return trainer.update(ToyTask.batch(9))
    }()
    let whole = Trainer(ToyTask.model(), options: ToyTask.options())
    let expected = whole.update(ToyTask.batch(9))
    #expect(report.loss.tokens == expected.loss.tokens)
    #expect(abs(report.loss.loss - expected.loss.loss) < 1e-3)
  }
}

import Autodiff
import Corpora
import Tensors
import TestSupport
import Testing
import Training

@Suite struct AccumulationTests {
  /// 18 pairs in batches of the given sizes.
  private func batches(_ sizes: [Int]) -> [Batch] {
    let corpus = ToyTask.corpus(18)
    var first = 0
    return sizes.map { size in
      defer { first += size }
      return Batch(corpus, pairs: Array(first..<first + size))
    }
  }

  @Test(arguments: [[9, 9], [1, 17], [4, 4, 10]], [1, 2])
  func severalBatchesAreOneLargeBatch(sizes: [Int], shards: Int) {
    let options = ToyTask.options(shards: shards, threads: 2)
    let whole = Trainer(ToyTask.model(), options: options)
    let parts = Trainer(ToyTask.model(), options: options)
    let (start, bits) = (whole.parameters.array, parts.parameters.bits)
    let (one, many) = (whole.update(batches([18]), rate: 0.01), parts.update(batches(sizes), rate: 0.01))
    #expect(parts.parameters.bits != bits)
    #expect(one.loss.tokens == many.loss.tokens)
    #expect(abs(one.loss.lossPerToken - many.loss.lossPerToken) < 1e-5)
    #expect(abs(one.gradientNorm - many.gradientNorm) < 1e-4 * one.gradientNorm)
    #expect(parts.updates == 1)
    // Adam divides by the size of the gradient, so that rounding alone moves weights with almost no gradient.
    let deviation = Deviation(
      zip(parts.parameters.array, start).map { $0 - $1 },
      from: zip(whole.parameters.array, start).map { $0 - $1 })
    #expect(deviation.ofNorm < 0.05, "\(deviation)")
  }

  /// Without Adam's division, rounding errors stay small.
  @Test func gradientsAddUp() {
    var (sgd, options) = (SGD(), ToyTask.options())
    sgd.momentum = 0
    (options.optimizer, options.clipNorm) = (sgd, 0)
    let whole = Trainer(ToyTask.model(), options: options)
    let parts = Trainer(ToyTask.model(), options: options)
    let start = whole.parameters.array
    _ = (whole.update(batches([18]), rate: 1), parts.update(batches([5, 6, 7]), rate: 1))
    let deviation = Deviation(
      zip(parts.parameters.array, start).map { $0 - $1 },
      from: zip(whole.parameters.array, start).map { $0 - $1 })
    #expect(deviation.worst < 1e-4, "\(deviation)")
  }

  @Test func everyBatchHasDropoutOfItsOwn() {
    let batch = ToyTask.batch(9)
    let (once, twice) = (
      Trainer(ToyTask.model(dropout: 0.3), options: ToyTask.options()),
      Trainer(ToyTask.model(dropout: 0.3), options: ToyTask.options())
    )
    let (one, two) = (once.update([batch], rate: 0).loss, twice.update([batch, batch], rate: 0).loss)
    #expect(two.tokens == 2 * one.tokens)
    #expect(abs(two.loss - 2 * one.loss) > 1e-3 * two.loss)
  }

  @Test func theLastUpdateOfAnEpochTakesWhatIsLeft() throws {
    var fixture = try RunFixture()
    (fixture.plan.batchesPerUpdate, fixture.plan.maxEpochs) = (4, 2)
    let batches = fixture.updatesPerEpoch
    #expect(!batches.isMultiple(of: 4), "something must be left")
    let record = try fixture.run().record
    #expect(record.state.update == 2 * ((batches + 3) / 4))
    #expect(record.state.targetTokens == 2 * (fixture.corpus.report.targetTokens + fixture.corpus.count))
  }
}

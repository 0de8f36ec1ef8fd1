import Corpora
import Testing
import Tokens

@Suite struct BatcherTests {
  static let corpus = randomCorpus(pairs: 5000, seed: 1)

  @Test(arguments: [1, 30, 41, 500, 4096, 1_000_000], [nil, 1, 8])
  func everyPairOnceAndNoBatchTooLarge(batchTokens: Int, maxSentences: Int?) {
    let batcher = Batcher(Self.corpus, batchTokens: batchTokens, maxSentences: maxSentences, seed: 7)
    for plans in [batcher.batches(epoch: 0), batcher.batches(epoch: 3), batcher.batchesByLength()] {
      #expect(plans.flatMap(\.pairs).sorted() == Array(0..<Self.corpus.count))
      for plan in plans {
        let longest = plan.pairs.map { max(Self.corpus[$0].source.count, Self.corpus[$0].target.count) + 1 }
          .max()
        #expect(plan.count == 1 || plan.count * (longest ?? 0) <= batchTokens)
        #expect(plan.count >= 1 && plan.count <= maxSentences ?? plan.count)
      }
    }
  }

  @Test func seedAndEpochAloneDecide() {
    func pairs(_ seed: UInt64, _ epoch: Int) -> [[Int]] {
      Batcher(Self.corpus, batchTokens: 1000, seed: seed).batches(epoch: epoch).map(\.pairs)
    }
    #expect(pairs(1, 1) == pairs(1, 1))
    #expect(pairs(1, 1) != pairs(1, 2))
    #expect(pairs(1, 1) != pairs(2, 1))
    #expect(pairs(1, 2) != pairs(2, 1), "epochs of one seed must not be epochs of another")
    // Not only the order of the batches changes, but also which pairs share a batch.
    #expect(Set(pairs(1, 1).map { Set($0) }) != Set(pairs(1, 2).map { Set($0) }))
  }

  /// A resumed training must continue in its original order, even years and compilers later.
  @Test func theOrderIsFixedForGood() {
    let sides = (0..<12).map { [TokenID](repeating: 4, count: 1 + $0 % 3) }
    let batcher = Batcher(ParallelCorpus(sources: sides, targets: sides), batchTokens: 12, seed: 42)
    #expect(batcher.batches(epoch: 1).map(\.pairs) == [[7, 4, 10, 1], [11], [8, 5, 2], [9, 6, 0, 3]])
  }

  @Test func similarLengthsMeetAndBatchesAreFull() {
    let batcher = Batcher(Self.corpus, batchTokens: 2000, seed: 1)
    var (real, rectangle) = (0, 0)
    for plan in batcher.batches(epoch: 0) {
      let target = batcher.makeBatch(plan).target
      real += target.tokenCount
      rectangle += target.width * target.count
    }
    #expect(Double(real) / Double(rectangle) > 0.95)
    #expect(Double(real) / Double(batcher.batches(epoch: 0).count) > 1000)
  }

  @Test func batchesComeInNoOrderOfLength() {
    let batcher = Batcher(Self.corpus, batchTokens: 500, seed: 1)
    let widths = batcher.batches(epoch: 0).map { batcher.makeBatch($0).target.width }
    let ascents = zip(widths, widths.dropFirst()).count { $0 < $1 }
    #expect(abs(Double(ascents) / Double(widths.count) - 0.5) < 0.1)
    let sorted = batcher.batchesByLength().map { batcher.makeBatch($0).target.width }
    #expect(sorted == sorted.sorted())
  }

  @Test func pairsLargerThanABatchAreCountedAndStandAlone() {
    let corpus = ParallelCorpus(
      sources: [[4], [4, 5, 6, 7], [4]], targets: [[4], [4], [4, 5, 6, 7, 8, 9]])
    let batcher = Batcher(corpus, batchTokens: 4, seed: 1)
    #expect(batcher.oversizedPairs == 2)
    #expect(batcher.batchesByLength().map(\.pairs) == [[0], [1], [2]])
    #expect(Batcher(corpus, batchTokens: 7, seed: 1).oversizedPairs == 0)
  }

  @Test func noPairsMakeNoBatches() {
    let batcher = Batcher(ParallelCorpus(sources: [], targets: []), batchTokens: 100, seed: 1)
    #expect(batcher.batches(epoch: 0).isEmpty && batcher.batchesByLength().isEmpty)
  }
}

import Corpora
import Testing
import Tokens

@Suite struct BatchTests {
  @Test func sentencesEndAndArePadded() {
    let corpus = ParallelCorpus(sources: [[7, 8], [9]], targets: [[5], [6, 7, 8]])
    let batch = Batch(corpus, pairs: [1, 0])
    #expect(batch.source == TokenBatch(ids: [9, 2, 0, 7, 8, 2], lengths: [2, 3], width: 3))
    #expect(batch.target == TokenBatch(ids: [6, 7, 8, 2, 5, 2, 0, 0], lengths: [4, 2], width: 4))
    #expect(batch.pairs == [1, 0] && batch.count == 2 && batch.targetTokens == 6)
  }

  /// As models expect that were trained so by other toolkits.
  @Test func sourcesMayHaveNoEnd() {
    let corpus = ParallelCorpus(sources: [[7, 8], [9]], targets: [[5], [6, 7, 8]], endsSource: false)
    let batch = Batch(corpus, pairs: [1, 0])
    #expect(batch.source == TokenBatch(ids: [9, 0, 7, 8], lengths: [1, 2], width: 2))
    #expect(batch.target == TokenBatch(ids: [6, 7, 8, 2, 5, 2, 0, 0], lengths: [4, 2], width: 4))
  }

  @Test(arguments: [0, 1, 2, 3, 5, 17, 64], [1, 2, 3, 4, 7, 16])
  func everySentenceIsInOneShard(sentences: Int, count: Int) {
    for seed in 0..<5 as Range<UInt64> {
      let corpus = randomCorpus(pairs: sentences, seed: seed)
      let batch = Batch(corpus, pairs: Array(0..<sentences))
      let shards = batch.shards(count: count)
      #expect(shards.count == count && shards == batch.shards(count: count))
      #expect(shards.flatMap(\.pairs).sorted() == batch.pairs)
      #expect(shards.count { $0.count == 0 } == max(0, count - sentences))
      for shard in shards {
        // The same sentences, no wider than the longest of them.
        #expect(shard == Batch(corpus, pairs: shard.pairs))
      }
      // Cuts are between sentences, so each is at most half of the longest sentence from its ideal place.
      let longest = Double(batch.target.lengths.max() ?? 0)
      for shard in shards where sentences >= 4 * count {
        let share = Double(batch.targetTokens) / Double(count)
        #expect(abs(Double(shard.targetTokens) - share) <= longest)
      }
    }
  }

  @Test func shardsHoldSimilarLengths() {
    let batch = Batch(randomCorpus(pairs: 100, seed: 9), pairs: Array(0..<100))
    let widths = batch.shards(count: 4).map {
      (shortest: $0.target.lengths.min() ?? 0, longest: $0.target.width)
    }
    #expect(zip(widths, widths.dropFirst()).allSatisfy { $0.longest <= $1.shortest })
  }

  @Test func equalSentencesAreSharedOutEqually() {
    let corpus = ParallelCorpus(
      sources: Array(repeating: [4], count: 10), targets: Array(repeating: [4, 5], count: 10))
    let shards = Batch(corpus, pairs: Array(0..<10)).shards(count: 4)
    #expect(shards.map(\.count).sorted() == [2, 2, 3, 3])
    #expect(shards.flatMap(\.pairs) == Array(0..<10))
  }
}

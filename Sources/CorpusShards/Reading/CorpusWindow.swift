import Corpora
import Machine

/// Some shards of a prepared corpus, whose pairs are mixed.
struct CorpusWindow: Sendable {
  private let shards: [OpenShard]
  /// The index of each shard's first pair in the window and in the corpus.
  private let starts: [Int]
  private let firstPairs: [Int]
  /// The batches in the order of training.
  let plans: [BatchPlan]

  /// Opens shards and plans their batches.
  ///
  /// - Parameters:
  ///   - corpus: the corpus.
  ///   - numbers: its shards, in order.
  ///   - batchTokens: the size of batches.
  ///   - order: random numbers, which decide the batches.
  ///   - threads: the number of threads.
  /// - Throws: ``CorpusShardError`` if a shard is damaged.
  init(
    _ corpus: PreparedCorpus, _ numbers: [Int], batchTokens: Int, _ order: inout SeededOrder, threads: Int
  ) throws(CorpusShardError) {
    let opened = concurrentMap(numbers, threads: threads) { number in
      Result { () throws(CorpusShardError) in try corpus.open(number) }
    }
    var shards: [OpenShard] = []
    for shard in opened { shards.append(try shard.get()) }
    var (starts, next) = ([Int](), 0)
    for shard in shards {
      starts.append(next)
      next += shard.index.header.pairs
    }
    (self.shards, self.starts, firstPairs) = (shards, starts, numbers.map { corpus.firstPairs[$0] })
    let cut = Self.cut(shards.map(\.index), batchTokens: batchTokens)
    plans = cut.shuffledPlans(of: Array(0..<UInt32(next)), &order)
  }

  private static func cut(_ shards: [ShardIndex], batchTokens: Int) -> BatchCut {
    BatchCut(
      sourceLengths: shards.flatMap { $0.sourceLengths.lazy.map { $0 + 1 } },
      targetLengths: shards.flatMap { $0.targetLengths.lazy.map { $0 + 1 } }, batchTokens: batchTokens)
  }

  /// The number of batches of shards, from their lengths alone.
  static func countBatches(_ corpus: PreparedCorpus, _ numbers: [Int], batchTokens: Int)
    throws(CorpusShardError)
    -> Int
  {
    var shards: [ShardIndex] = []
    for number in numbers { shards.append(try corpus.index(number)) }
    let pairs = shards.reduce(0) { $0 + $1.header.pairs }
    return cut(shards, batchTokens: batchTokens).plans(of: Array(0..<UInt32(pairs))).count
  }

  /// A pair by its index in the window, and its index in the corpus.
  func pair(_ index: Int) -> (pair: SentencePair, index: Int) {
    let shard = (starts.firstIndex { $0 > index } ?? starts.count) - 1
    let place = index - starts[shard]
    return (shards[shard].pair(place), firstPairs[shard] + place)
  }
}

/// The pairs of one batch, by index; ``Batcher/makeBatch(_:)`` makes the batch.
public struct BatchPlan: Sendable, Equatable {
  package let indices: ArraySlice<UInt32>

  /// The number of sentence pairs.
  public var count: Int { indices.count }
  /// The pairs' indices in the corpus.
  public var pairs: [Int] { indices.map(Int.init) }
}

/// Cuts a corpus into batches of similar lengths, in an order that depends only on seed and epoch.
///
/// A batch has as many pairs as fit: the number of pairs times the longest sentence of either side, including `</s>`,
/// is at most `batchTokens`. A pair that exceeds this by itself becomes a batch.
///
/// Every pair is in exactly one batch of an epoch, unless the ``CorpusFiles/weight`` of its files is not 1: with a
/// weight of 2, it occurs twice in each epoch; with 0.5, in every other epoch on average. After any number of epochs,
/// the counts of two pairs of the same files differ by at most one.
public struct Batcher: Sendable {
  /// The corpus.
  public let corpus: ParallelCorpus
  /// Limit for the number of pairs of a batch times the longest sentence of either side.
  public let batchTokens: Int
  /// Largest number of pairs in a batch; nil: as many as fit.
  public let maxSentences: Int?
  /// The number of pairs that are longer than ``batchTokens`` and therefore exceed it with a batch to themselves.
  public let oversizedPairs: Int
  /// A change applied to each pair before it goes into a batch; must not make it longer.
  public var transform: PairTransform?

  private let seed: UInt64
  private let selection: WeightedPairs
  private let cut: BatchCut

  /// A batcher of a corpus.
  ///
  /// - Parameters:
  ///   - corpus: at most 4,294,967,295 pairs.
  ///   - batchTokens: limit for the number of pairs times the longest sentence of either side, at least 1.
  ///   - maxSentences: largest number of pairs in a batch, at least 1; nil: as many as fit.
  ///   - seed: determines the order.
  public init(_ corpus: ParallelCorpus, batchTokens: Int, maxSentences: Int? = nil, seed: UInt64) {
    precondition(batchTokens > 0 && maxSentences ?? 1 > 0, "Batcher: \(batchTokens), \(maxSentences ?? 1)")
    precondition(corpus.count <= Int(UInt32.max), "Batcher: \(corpus.count) pairs")
    (self.corpus, self.batchTokens, self.maxSentences, self.seed) = (corpus, batchTokens, maxSentences, seed)
    selection = WeightedPairs(corpus.weightedParts, seed: seed)
    cut = BatchCut(
      sourceLengths: (0..<corpus.count).map { UInt32(corpus.sources.length($0)) + 1 },
      targetLengths: (0..<corpus.count).map { UInt32(corpus.targets.length($0)) + 1 },
      batchTokens: batchTokens, maxSentences: maxSentences)
    oversizedPairs = cut.oversizedPairs
  }

  /// The batches of an epoch in the order of training.
  ///
  /// Pairs are shuffled, then sorted by target and source length, so that the epoch determines which pairs of equal
  /// lengths share a batch; then the batches are shuffled.
  ///
  /// - Complexity: linear in the pairs; seconds for ten million.
  public func batches(epoch: Int) -> [BatchPlan] {
    var order = SeededOrder(seed: seed, stream: UInt64(bitPattern: Int64(epoch)))
    return cut.shuffledPlans(of: selection.indices(epoch: epoch), &order)
  }

  /// Upper bound for the number of pairs in an epoch, counting repetitions.
  public var pairsOfEpoch: Int { selection.greatestCount }

  /// For each pair of the corpus, whether it occurs in an epoch.
  public func isUsed(epoch: Int) -> [Bool] {
    var isUsed = [Bool](repeating: false, count: corpus.count)
    for index in selection.indices(epoch: epoch) { isUsed[Int(index)] = true }
    return isUsed
  }

  /// The batches in order of length, each pair once: for validation, which must not be random.
  public func batchesByLength() -> [BatchPlan] {
    cut.plans(of: (0..<UInt32(corpus.count)).map { $0 })
  }

  /// The batch of a plan, with `</s>` at the end of each sentence.
  public func makeBatch(_ plan: BatchPlan) -> Batch {
    Batch(corpus, pairs: plan.pairs, transform: transform)
  }
}

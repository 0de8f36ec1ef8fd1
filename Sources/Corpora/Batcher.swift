/// The pairs of one batch, by index: what ``Batcher/makeBatch(_:)`` makes a batch of.
public struct BatchPlan: Sendable, Equatable {
  let indices: ArraySlice<UInt32>

  /// Sentence pairs.
  public var count: Int { indices.count }
  /// The pairs' indices in the corpus.
  public var pairs: [Int] { indices.map(Int.init) }
}

/// Cuts a corpus into batches of similar lengths, in an order that seed and epoch alone decide.
///
/// A batch holds as many pairs as fit: pairs × the longest sentence of either side, `</s>` counted, is at most
/// `batchTokens`. A pair that is longer than that by itself makes a batch of its own.
///
/// Every pair is in exactly one batch of an epoch, unless its files have another ``CorpusFiles/weight`` than 1: with
/// 2 it is there twice, with 0.5 in half of the epochs. What seed and epoch choose adds up, so that after any
/// number of epochs no pair is more than once ahead of another of its files.
public struct Batcher: Sendable {
  /// The corpus that is cut.
  public let corpus: ParallelCorpus
  /// Pairs × longest sentence of either side that a batch holds at most.
  public let batchTokens: Int
  /// Pairs that a batch holds at most; nil: as many as fit.
  public let maxSentences: Int?
  /// Pairs that are longer than ``batchTokens``, and so make larger batches than asked for.
  public let oversizedPairs: Int
  /// What becomes of each pair on its way into a batch; must not make it longer.
  public var transform: PairTransform?

  private let seed: UInt64
  private let selection: WeightedPairs
  /// Tokens of each sentence, `</s>` counted.
  private let sourceLengths: [UInt32]
  private let targetLengths: [UInt32]

  /// A batcher of a corpus.
  ///
  /// - Parameters:
  ///   - corpus: at most 4,294,967,295 pairs.
  ///   - batchTokens: pairs × longest sentence of either side, at least 1.
  ///   - maxSentences: pairs in a batch, at least 1; nil: as many as fit.
  ///   - seed: another seed, another order.
  public init(_ corpus: ParallelCorpus, batchTokens: Int, maxSentences: Int? = nil, seed: UInt64) {
    precondition(batchTokens > 0 && maxSentences ?? 1 > 0, "Batcher: \(batchTokens), \(maxSentences ?? 1)")
    precondition(corpus.count <= Int(UInt32.max), "Batcher: \(corpus.count) pairs")
    (self.corpus, self.batchTokens, self.maxSentences, self.seed) = (corpus, batchTokens, maxSentences, seed)
    selection = WeightedPairs(corpus.weightedParts, seed: seed)
    sourceLengths = (0..<corpus.count).map { UInt32(corpus.sources.length($0)) + 1 }
    targetLengths = (0..<corpus.count).map { UInt32(corpus.targets.length($0)) + 1 }
    oversizedPairs = zip(sourceLengths, targetLengths).count { Int(max($0, $1)) > batchTokens }
  }

  /// The batches of an epoch in the order of training.
  ///
  /// Pairs are shuffled, then sorted by target and source length, so that the epoch decides which pairs of equal
  /// lengths meet in a batch; the batches are shuffled after that.
  ///
  /// - Complexity: linear in the pairs; seconds for ten million.
  public func batches(epoch: Int) -> [BatchPlan] {
    var order = SeededOrder(seed: seed, stream: UInt64(bitPattern: Int64(epoch)))
    var indices = selection.indices(epoch: epoch)
    order.shuffle(&indices)
    var plans = cut(sortedByLength(indices))
    order.shuffle(&plans)
    return plans
  }

  /// Pairs of an epoch at most, those counted twice that come twice.
  public var pairsOfEpoch: Int { selection.greatestCount }

  /// Whether each pair of the corpus is in an epoch at all.
  public func isUsed(epoch: Int) -> [Bool] {
    var isUsed = [Bool](repeating: false, count: corpus.count)
    for index in selection.indices(epoch: epoch) { isUsed[Int(index)] = true }
    return isUsed
  }

  /// The batches from the shortest to the longest sentences, each pair once: for validation, where chance has no
  /// place.
  public func batchesByLength() -> [BatchPlan] {
    cut(sortedByLength((0..<UInt32(corpus.count)).map { $0 }))
  }

  /// The batch of a plan, each sentence closed by `</s>`.
  public func makeBatch(_ plan: BatchPlan) -> Batch {
    Batch(corpus, pairs: plan.pairs, transform: transform)
  }

  private func sortedByLength(_ indices: [UInt32]) -> [UInt32] {
    stablySorted(stablySorted(indices, by: sourceLengths), by: targetLengths)
  }

  private func cut(_ indices: [UInt32]) -> [BatchPlan] {
    var plans: [BatchPlan] = []
    var (start, longest) = (0, 0)
    for (place, index) in indices.enumerated() {
      let length = Int(max(sourceLengths[Int(index)], targetLengths[Int(index)]))
      let count = place - start + 1
      if count > 1, count * max(longest, length) > batchTokens || count > maxSentences ?? count {
        plans.append(BatchPlan(indices: indices[start..<place]))
        (start, longest) = (place, 0)
      }
      longest = max(longest, length)
    }
    if start < indices.count { plans.append(BatchPlan(indices: indices[start...])) }
    return plans
  }
}

/// A counting sort: lengths are small numbers, and comparing ten million pairs would take many times as long.
private func stablySorted(_ indices: [UInt32], by lengths: [UInt32]) -> [UInt32] {
  var places = [Int](repeating: 0, count: Int(lengths.max() ?? 0) + 2)
  // Of these pairs: an epoch need not have each once.
  for index in indices { places[Int(lengths[Int(index)]) + 1] += 1 }
  for length in places.indices.dropFirst() { places[length] += places[length - 1] }
  var sorted = [UInt32](repeating: 0, count: indices.count)
  for index in indices {
    let length = Int(lengths[Int(index)])
    sorted[places[length]] = index
    places[length] += 1
  }
  return sorted
}

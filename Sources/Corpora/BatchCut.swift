/// Cuts pairs into batches of similar lengths, from their lengths alone.
///
/// A batch has as many pairs as fit: the number of pairs times the longest sentence of either side, including `</s>`,
/// is at most `batchTokens`. A pair that exceeds this by itself becomes a batch.
package struct BatchCut: Sendable {
  /// The length of each sentence, including `</s>`.
  let sourceLengths, targetLengths: [UInt32]
  let batchTokens: Int
  let maxSentences: Int?

  /// A cut of pairs with these lengths.
  ///
  /// - Parameters:
  ///   - sourceLengths: the length of each source sentence, including `</s>`.
  ///   - targetLengths: the same for the target sentences.
  ///   - batchTokens: limit for the number of pairs times the longest sentence of either side, at least 1.
  ///   - maxSentences: largest number of pairs in a batch, at least 1; nil: as many as fit.
  package init(
    sourceLengths: [UInt32], targetLengths: [UInt32], batchTokens: Int, maxSentences: Int? = nil
  ) {
    precondition(
      sourceLengths.count == targetLengths.count && batchTokens > 0 && maxSentences ?? 1 > 0,
      "BatchCut: \(sourceLengths.count) sources, \(targetLengths.count) targets, \(batchTokens) tokens")
    (self.sourceLengths, self.targetLengths) = (sourceLengths, targetLengths)
    (self.batchTokens, self.maxSentences) = (batchTokens, maxSentences)
  }

  /// The number of pairs that exceed a batch by themselves.
  package var oversizedPairs: Int {
    zip(sourceLengths, targetLengths).count { Int(max($0, $1)) > batchTokens }
  }

  /// The batches of some pairs, in random order, and so are the pairs of equal lengths among batches.
  ///
  /// Pairs are shuffled, then sorted by target and source length, and cut; then the batches are shuffled.
  package func shuffledPlans(of indices: [UInt32], _ order: inout SeededOrder) -> [BatchPlan] {
    var indices = indices
    order.shuffle(&indices)
    var plans = plans(of: indices)
    order.shuffle(&plans)
    return plans
  }

  /// The batches of some pairs, from the shortest to the longest; their number depends only on the lengths.
  package func plans(of indices: [UInt32]) -> [BatchPlan] {
    cut(stablySorted(stablySorted(indices, by: sourceLengths), by: targetLengths))
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

/// A counting sort: lengths are small numbers, and sorting ten million pairs by comparison would take far longer.
private func stablySorted(_ indices: [UInt32], by lengths: [UInt32]) -> [UInt32] {
  var places = [Int](repeating: 0, count: Int(lengths.max() ?? 0) + 2)
  // Count only these pairs, since an epoch may leave out or repeat some.
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

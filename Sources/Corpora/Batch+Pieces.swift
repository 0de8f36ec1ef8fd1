import Tokens

extension Batch {
  /// Cuts the batch into runs of whole sentence pairs whose cost does not exceed a limit.
  ///
  /// The number of pieces is minimal, and given that, so is the largest cost: two pieces of equal size instead of a
  /// large one and a small rest. A pair that exceeds `limit` by itself becomes a piece. The cut depends only on the
  /// batch and the arguments.
  ///
  /// - Parameters:
  ///   - limit: largest cost of a piece; if less than 1, each pair is a piece.
  ///   - cost: cost of a pair by the number of tokens of its sides, including `</s>`; at least 0.
  /// - Returns: the pieces in the order of the batch; none for an empty batch.
  public func pieces(limit: Int, cost: (_ sourceTokens: Int, _ targetTokens: Int) -> Int) -> [Batch] {
    guard count > 0 else { return [] }
    let (costs, limit) = (zip(source.lengths, target.lengths).map(cost), max(limit, 0))
    let ends = evenRunEnds(costs, limit: limit)
    if ends.count == 1 { return [self] }
    return zip([0] + ends, ends).map { selecting(Array($0..<$1)[...]) }
  }
}

/// Ends of the fewest runs of at most `limit`, with the largest run as small as possible.
private func evenRunEnds(_ costs: [Int], limit: Int) -> [Int] {
  let fewest = runEnds(costs, limit: limit)
  // Never above the limit, even if the mean is: single pairs may exceed it.
  var (low, high) = (min(costs.reduce(0, +) / fewest.count, limit), limit)
  while low < high {
    let middle = low + (high - low) / 2
    if runEnds(costs, limit: middle).count > fewest.count { low = middle + 1 } else { high = middle }
  }
  return runEnds(costs, limit: high)
}

/// Ends of runs that are greedily filled up to `limit`.
private func runEnds(_ costs: [Int], limit: Int) -> [Int] {
  var ends: [Int] = []
  var (start, sum) = (0, 0)
  for (index, cost) in costs.enumerated() {
    if index > start, sum + cost > limit {
      ends.append(index)
      (start, sum) = (index, 0)
    }
    sum += cost
  }
  return ends + [costs.count]
}

import Tokens

extension Batch {
  /// Cuts the batch into runs of whole sentences that each cost no more than they may.
  ///
  /// There are as few pieces as can be, and among those their greatest cost is the smallest: two of equal size
  /// instead of a large one and what is left. A sentence pair that costs more than `limit` by itself makes a piece
  /// of its own. The cut depends on nothing but the batch and the arguments.
  ///
  /// - Parameters:
  ///   - limit: greatest cost of a piece; with less than 1 each pair is a piece.
  ///   - cost: of a pair by the tokens of its sides, `</s>` counted; at least 0.
  /// - Returns: the pieces in the order of the batch; none for an empty batch.
  public func pieces(limit: Int, cost: (_ sourceTokens: Int, _ targetTokens: Int) -> Int) -> [Batch] {
    guard count > 0 else { return [] }
    let (costs, limit) = (zip(source.lengths, target.lengths).map(cost), max(limit, 0))
    let ends = evenRunEnds(costs, limit: limit)
    if ends.count == 1 { return [self] }
    return zip([0] + ends, ends).map { selecting(Array($0..<$1)[...]) }
  }
}

/// Ends of the fewest runs of at most `limit`, the greatest of which is as small as it can be.
private func evenRunEnds(_ costs: [Int], limit: Int) -> [Int] {
  let fewest = runEnds(costs, limit: limit)
  // Never above the limit, even where the mean is: a pair may be larger by itself.
  var (low, high) = (min(costs.reduce(0, +) / fewest.count, limit), limit)
  while low < high {
    let middle = low + (high - low) / 2
    if runEnds(costs, limit: middle).count > fewest.count { low = middle + 1 } else { high = middle }
  }
  return runEnds(costs, limit: high)
}

/// Ends of runs that are filled up to `limit` one after another.
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

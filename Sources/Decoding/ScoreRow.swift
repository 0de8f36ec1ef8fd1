import Glibc

/// What a search asks of one row of scores.
///
/// A NaN is read as a token of no probability. A row without a finite maximum has no distribution at all.
extension Span where Element == Float {
  /// The greatest score; `-infinity` if there is none.
  func maximum() -> Float {
    var lanes = ScoreLanes(repeating: -.infinity)
    var index = 0
    while index &+ ScoreLanes.scalarCount <= count {
      let next = self.lanes(at: index)
      lanes.replace(with: next, where: next .> lanes)
      index &+= ScoreLanes.scalarCount
    }
    var maximum = lanes.max()
    while index < count {
      if self[index] > maximum { maximum = self[index] }
      index &+= 1
    }
    return maximum
  }

  /// `ln Σ exp(score)`, which turns scores into log-probabilities when it is taken off them.
  ///
  /// - Returns: `nil` where the row's maximum is not finite: such a row comes from a damaged model.
  func logSumExp() -> Double? {
    let maximum = maximum()
    guard maximum.isFinite else { return nil }
    var lanes = ScoreLanes.zero
    var index = 0
    while index &+ ScoreLanes.scalarCount <= count {
      lanes += (self.lanes(at: index) - maximum).exponential()
      index &+= ScoreLanes.scalarCount
    }
    var sum = Double(lanes.sum())
    while index < count {
      if self[index] <= maximum { sum += exp(Double(self[index] - maximum)) }
      index &+= 1
    }
    return Double(maximum) + log(sum)
  }

  /// Calls `visit` with every element of `range` above `limit`, in order; `visit` returns the limit from then on.
  ///
  /// Where the limit is high, as it soon is when the best few are looked for, this costs little more than
  /// reading the row.
  func forEach(
    above limit: Float, in range: Range<Int>, _ visit: (_ index: Int, _ score: Float) -> Float
  ) {
    var limit = limit
    var index = range.lowerBound
    while index < range.upperBound {
      let isWhole = index &+ ScoreLanes.scalarCount <= range.upperBound
      let next = isWhole ? index &+ ScoreLanes.scalarCount : range.upperBound
      if !isWhole || any(lanes(at: index) .> limit) {
        for position in index..<next where self[position] > limit {
          limit = visit(position, self[position])
        }
      }
      index = next
    }
  }
}

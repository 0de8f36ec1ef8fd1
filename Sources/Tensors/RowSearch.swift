private import CKernels

/// What a search asks of one row of scores.
///
/// A NaN is read as a score of no probability.
extension Span where Element == Float {
  /// `ln Σ exp(x)`, which turns scores into log-probabilities when it is taken off them.
  ///
  /// - Returns: `nil` where the greatest element is not finite: such a row is no distribution.
  package func logSumExp() -> Double? {
    let sum = withUnsafeBufferPointer { score_log_sum($0.baseAddress, $0.count) }
    return sum.isNaN ? nil : sum
  }

  /// The first place in `range` of an element above `limit`, or `nil`.
  ///
  /// Where none is, this costs little more than reading the row.
  package func firstIndex(above limit: Float, in range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "row of \(count): \(range)")
    let place = withUnsafeBufferPointer {
      next_above($0.baseAddress, range.lowerBound, range.upperBound, limit)
    }
    return place < range.upperBound ? place : nil
  }

  /// Calls `visit` with every element of `range` above `limit`, in order; `visit` returns the limit from then on.
  ///
  /// Where the limit is high, as it soon is when the best few are looked for, this costs little more than
  /// reading the row.
  package func forEach(
    above limit: Float, in range: Range<Int>, _ visit: (_ index: Int, _ score: Float) -> Float
  ) {
    var limit = limit
    var first = range.lowerBound
    while let index = firstIndex(above: limit, in: first..<range.upperBound) {
      limit = visit(index, self[index])
      first = index + 1
    }
  }

  /// The place of the greatest element, of equals the first; `nil` where that is not finite, or there is none.
  package var indexOfGreatest: Int32? {
    var best = (index: -1, value: -Float.infinity)
    while let index = firstIndex(above: best.value, in: best.index + 1..<count) {
      best = (index, self[index])
    }
    return best.value.isFinite ? Int32(best.index) : nil
  }
}

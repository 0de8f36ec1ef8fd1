private import CKernels

/// What a search needs to know about one row of scores.
///
/// NaN counts as the score of a token with probability 0.
extension Span where Element == Float {
  /// `ln Σ exp(x)`, which turns scores into log-probabilities when it is subtracted from them.
  ///
  /// - Returns: `nil` if the greatest element is not finite: such a row is not a distribution.
  package func logSumExp() -> Double? {
    let sum = withUnsafeBufferPointer { score_log_sum($0.baseAddress, $0.count) }
    return sum.isNaN ? nil : sum
  }

  /// The index of the first element in `range` above `limit`, or `nil`.
  ///
  /// If there is none, this costs little more than reading the row.
  package func firstIndex(above limit: Float, in range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "row of \(count): \(range)")
    let place = withUnsafeBufferPointer {
      next_above($0.baseAddress, range.lowerBound, range.upperBound, limit)
    }
    return place < range.upperBound ? place : nil
  }

  /// Calls `visit` with every element of `range` above `limit`, in order; `visit` returns the limit from then on.
  ///
  /// If the limit is high, as it soon becomes in a search for the best few, this costs little more than reading the
  /// row.
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

  /// The index of the greatest element, the first of equals; `nil` if it is not finite or there is none.
  package var indexOfGreatest: Int32? {
    var best = (index: -1, value: -Float.infinity)
    while let index = firstIndex(above: best.value, in: best.index + 1..<count) {
      best = (index, self[index])
    }
    return best.value.isFinite ? Int32(best.index) : nil
  }
}

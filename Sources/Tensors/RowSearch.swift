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
}

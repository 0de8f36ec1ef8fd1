import Tensors

extension Span where Element == Float {
  /// Calls `visit` with every element of `range` above `limit`, in order; `visit` returns the limit from then on.
  ///
  /// Where the limit is high, as it soon is when the best few are looked for, this costs little more than
  /// reading the row.
  func forEach(
    above limit: Float, in range: Range<Int>, _ visit: (_ index: Int, _ score: Float) -> Float
  ) {
    var limit = limit
    var first = range.lowerBound
    while let index = firstIndex(above: limit, in: first..<range.upperBound) {
      limit = visit(index, self[index])
      first = index + 1
    }
  }
}

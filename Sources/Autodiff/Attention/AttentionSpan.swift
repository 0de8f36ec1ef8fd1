/// Which query rows read which key rows: one sentence, or the hypotheses of one.
public struct AttentionSpan: Sendable, Equatable {
  /// Rows of the query tensor.
  public let queries: Range<Int>
  /// Rows of the key tensor that these queries may read.
  public let keys: Range<Int>

  /// The queries `queries` read the keys `keys`, and no others.
  public init(queries: Range<Int>, keys: Range<Int>) { (self.queries, self.keys) = (queries, keys) }

  /// The number of pairs of a query and a key that it reads.
  func pairs(causal: Bool) -> Int {
    guard causal else { return queries.count * keys.count }
    // Query i reads i + 1 keys, or all keys if there are fewer.
    let growing = min(queries.count, keys.count)
    return growing * (growing + 1) / 2 + (queries.count - growing) * keys.count
  }
}

extension [AttentionSpan] {
  /// Each row's index in its span.
  func positions(rows: Int) -> [Int32] {
    var result = [Int32](repeating: 0, count: rows)
    for span in self {
      for (position, row) in span.queries.enumerated() { result[row] = Int32(position) }
    }
    return result
  }
}

/// Calls `body` with ranges of items that have at most `limit` positions together, or a single longer item.
///
/// Predictions do not depend on what else is predicted.
///
/// - Parameters:
///   - lengths: the number of positions of each item.
///   - limit: how many are predicted together.
///   - body: receives consecutive ranges.
func forEachPart(_ lengths: [Int], positionsAtOnce limit: Int, _ body: (_ items: Range<Int>) -> Void) {
  var (start, positions) = (0, 0)
  for (index, length) in lengths.enumerated() {
    if index > start, positions + length > limit {
      body(start..<index)
      (start, positions) = (index, 0)
    }
    positions += length
  }
  if start < lengths.count { body(start..<lengths.count) }
}

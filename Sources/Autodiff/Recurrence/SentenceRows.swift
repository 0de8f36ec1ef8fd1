extension [Range<Int>] {
  /// Whether these ranges follow one another from 0 to `count`, so that each row is in one of them.
  func divide(_ count: Int) -> Bool {
    var end = 0
    for range in self {
      guard range.lowerBound == end else { return false }
      end = range.upperBound
    }
    return end == count
  }
}

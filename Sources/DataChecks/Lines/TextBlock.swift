import Files

/// Consecutive lines of a file, one after another in memory.
struct TextBlock: Sendable {
  private(set) var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// Number of lines.
  var count: Int { ends.count }

  /// Where a line is in ``bytes``, without its end.
  func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }

  /// A line, without its end.
  subscript(index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }

  /// Appends a file's next lines, up to `limit` lines in total.
  mutating func fill(from reader: LineReader, limit: Int) throws(FileError) {
    while ends.count < limit, try reader.next(appendingTo: &bytes) { ends.append(bytes.count) }
  }

  /// Forgets lines beyond a count.
  mutating func truncate(to count: Int) {
    guard count < ends.count else { return }
    ends.removeLast(ends.count - count)
    bytes.removeLast(bytes.count - (ends.last ?? 0))
  }

  /// Appends a line.
  mutating func append(_ line: some Sequence<UInt8>) {
    bytes.append(contentsOf: line)
    ends.append(bytes.count)
  }
}

/// Consecutive pairs of lines of two files.
struct PairBlock: Sendable {
  var source = TextBlock()
  var target = TextBlock()
  /// The number of the first line, counted from 1.
  var firstLine = 1

  /// Number of pairs.
  var count: Int { source.count }
}

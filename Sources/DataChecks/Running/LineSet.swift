/// A set of line numbers, with a bit for each line of the file.
struct LineSet: Sendable {
  private var words: [UInt64] = []

  mutating func insert(_ line: Int) {
    if line / 64 >= words.count { words += Array(repeating: 0, count: max(64, line / 64 + 1 - words.count)) }
    words[line / 64] |= 1 << UInt64(line % 64)
  }

  func contains(_ line: Int) -> Bool {
    line / 64 < words.count && words[line / 64] & 1 << UInt64(line % 64) != 0
  }
}

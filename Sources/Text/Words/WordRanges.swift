/// Walks the words of a line.
///
/// A word ends at a space (0x20) and nowhere else; spaces, carriage returns and line feeds at the ends of
/// the line belong to no word. So does subword-nmt, which is why tabs and other white space stay in words.
struct WordRanges {
  /// The line without what surrounds its words.
  let content: Range<Int>
  private var position: Int

  init(of line: Span<UInt8>) {
    var (start, end) = (0, line.count)
    while start < end, Self.surrounds(line[start]) { start += 1 }
    while end > start, Self.surrounds(line[end - 1]) { end -= 1 }
    content = start..<end
    position = start
  }

  /// The next word's place in the line, `nil` behind the last.
  mutating func next(in line: Span<UInt8>) -> Range<Int>? {
    while position < content.upperBound, line[position] == UInt8(ascii: " ") { position += 1 }
    guard position < content.upperBound else { return nil }
    let start = position
    while position < content.upperBound, line[position] != UInt8(ascii: " ") { position += 1 }
    return start..<position
  }

  private static func surrounds(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
  }
}

/// Where the character that begins at `start` ends: one code point of UTF-8, or one byte that is not UTF-8.
func characterEnd(in text: Span<UInt8>, from start: Int) -> Int {
  let followers =
    switch text[start] {
    case 0xc2...0xdf: 1
    case 0xe0...0xef: 2
    case 0xf0...0xf4: 3
    default: 0
    }
  let end = start + 1 + followers
  guard end <= text.count else { return start + 1 }
  for position in start + 1..<end where text[position] & 0xc0 != 0x80 { return start + 1 }
  return end
}

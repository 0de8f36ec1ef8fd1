/// Iterates over the words of a line.
///
/// Words end only at spaces (0x20); spaces, carriage returns and line feeds at the ends of the line do not belong to
/// words. Tabs and other white space stay in words, like in subword-nmt.
struct WordRanges {
  /// The line without the white space at its ends.
  let content: Range<Int>
  private var position: Int

  init(of line: Span<UInt8>) {
    var (start, end) = (0, line.count)
    while start < end, Self.surrounds(line[start]) { start += 1 }
    while end > start, Self.surrounds(line[end - 1]) { end -= 1 }
    content = start..<end
    position = start
  }

  /// The range of the next word; nil after the last one.
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

/// Where the character that begins at `start` ends: it is one code point in UTF-8, or one byte of invalid UTF-8.
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

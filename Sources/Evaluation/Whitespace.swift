// Whitespace between words: the characters at which Python's `str.split` splits, so that scores equal sacreBLEU's.

/// Whether a character is whitespace.
///
/// U+001C to U+001F are not whitespace in Unicode, but they are in Python.
func isWhitespace(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x20, 0x09...0x0D, 0x1C...0x1F, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
    0x3000:
    true
  default: false
  }
}

/// The number of bytes of the whitespace character at `index`; 0 if there is none.
private func whitespaceLength(_ bytes: [UInt8], at index: Int) -> Int {
  switch bytes[index] {
  case 0x20, 0x09...0x0D, 0x1C...0x1F: return 1
  case 0xC2 where index + 1 < bytes.count:
    return bytes[index + 1] == 0x85 || bytes[index + 1] == 0xA0 ? 2 : 0
  case 0xE1...0xE3 where index + 2 < bytes.count:
    let scalar =
      UInt32(bytes[index] & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6
      | UInt32(bytes[index + 2] & 0x3F)
    return isWhitespace(scalar) ? 3 : 0
  default: return 0
  }
}

/// Calls `body` with the range of each word of a line of UTF-8.
func forEachWord(in bytes: [UInt8], _ body: (Range<Int>) -> Void) {
  var (start, index) = (0, 0)
  while index < bytes.count {
    let length = whitespaceLength(bytes, at: index)
    if length > 0 {
      if index > start { body(start..<index) }
      start = index + length
    }
    index += max(1, length)
  }
  if index > start { body(start..<index) }
}

/// A line without trailing whitespace.
func trimmingEnd(_ bytes: [UInt8]) -> [UInt8] {
  guard let last = bytes.last, last <= 0x20 || last >= 0x80 else { return bytes }
  var end = 0
  forEachWord(in: bytes) { end = $0.upperBound }
  return end == bytes.count ? bytes : Array(bytes[..<end])
}

/// The characters of a line of UTF-8; invalid bytes become U+FFFD.
func scalars(of bytes: [UInt8]) -> [UInt32] {
  if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.map(UInt32.init) }
  return String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)
}

/// The UTF-8 of characters.
func utf8(of scalars: [UInt32]) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(scalars.count * 2)
  for value in scalars {
    guard value >= 0x80 else {
      bytes.append(UInt8(value))
      continue
    }
    bytes += UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter
  }
  return bytes
}

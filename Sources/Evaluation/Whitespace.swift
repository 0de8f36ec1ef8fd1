import Files

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
func whitespaceLength(_ bytes: [UInt8], at index: Int) -> Int {
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

/// Calls `body` with the range of each character of a line of UTF-8 that is not whitespace.
func forEachCharacter(in bytes: [UInt8], _ body: (Range<Int>) -> Void) {
  var index = 0
  while index < bytes.count {
    let length = whitespaceLength(bytes, at: index)
    guard length == 0 else {
      index += length
      continue
    }
    var end = index + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    body(index..<end)
    index = end
  }
}

/// A line without the whitespace at its end: the characters that Python's `str.rstrip` removes, as sacreBLEU does with
/// every line that it reads.
public func trimmingEnd(_ bytes: [UInt8]) -> [UInt8] {
  var end = bytes.count
  while end > 0 {
    let start = characterStart(bytes, before: end)
    guard whitespaceLength(bytes, at: start) == end - start else { break }
    end = start
  }
  return end == bytes.count ? bytes : Array(bytes[..<end])
}

/// Where the last character begins that ends at `end`; the byte before it if that is not UTF-8.
private func characterStart(_ bytes: [UInt8], before end: Int) -> Int {
  var start = end - 1
  while start > 0, bytes[start] & 0xC0 == 0x80, end - start < 4 { start -= 1 }
  return start
}

/// The characters of a line of UTF-8; invalid bytes become U+FFFD.
func scalars(of bytes: [UInt8]) -> [UInt32] {
  if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.map { UInt32($0) } }
  return String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)
}

/// Calls `body` with each character of a line of UTF-8; if it has invalid bytes, with U+FFFD in place of them.
func forEachScalar(of bytes: [UInt8], _ body: (UInt32) -> Void) {
  // Nearly all lines are valid, which is decided before anything is passed on.
  guard isUTF8(bytes) else { return scalars(of: bytes).forEach(body) }
  var index = 0
  func next() -> UInt32 {
    index += 1
    return UInt32(bytes[index - 1])
  }
  while index < bytes.count {
    let first = next()
    switch first {
    case 0..<0x80: body(first)
    case 0x80..<0xE0: body((first & 0x1F) << 6 | next() & 0x3F)
    case 0xE0..<0xF0: body((first & 0x0F) << 12 | (next() & 0x3F) << 6 | next() & 0x3F)
    default:
      body((first & 0x07) << 18 | (next() & 0x3F) << 12 | (next() & 0x3F) << 6 | next() & 0x3F)
    }
  }
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

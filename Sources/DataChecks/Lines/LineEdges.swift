/// How a line ends, not counting spaces, closing quotes and closing brackets.
func ending(of bytes: [UInt8], _ range: Range<Int>) -> LineEnd {
  var end = range.upperBound
  var isWordSeen = false
  while end > range.lowerBound {
    let (scalar, start) = character(before: end, bytes, range.lowerBound)
    switch scalar {
    case 0x20, 0x09, 0xA0, 0x3000, 0x202F: break
    case 0x22, 0x27, 0x29, 0x5D, 0xBB, 0xAB, 0x2018...0x201F, 0x203A, 0x2039, 0x300D, 0x300F, 0xFF09, 0x3011,
      0xFF02:
      break
    case 0x2E, 0x3002, 0xFF0E, 0xFF61, 0x964, 0x6D4, 0x589, 0x1362, 0x104B:
      // Three periods are an ellipsis.
      return isEllipsis(bytes, start, range.lowerBound) ? .ellipsis : .period
    case 0x3F, 0xFF1F, 0x61F, 0x37E, 0x203D: return .question
    case 0x21, 0xFF01: return .exclamation
    case 0x2026, 0x22EF: return .ellipsis
    case 0x3A, 0xFF1A: return .colon
    case 0x2C, 0x3B, 0xFF0C, 0x3001, 0xFF1B, 0x60C: return .comma
    case 0x2D, 0x2010...0x2015: return .dash
    case 0x28, 0x5B, 0x7B, 0xFF08: return .open
    default:
      let entry =
        scalar < 0x10000
        ? ScalarEntry(bits: ScalarTable.shared.entries[Int(scalar)]) : ScalarTable.entryBeyond(scalar)
      isWordSeen = entry.kind >= ScalarEntry.Class.lowercase && entry.kind <= ScalarEntry.Class.digit
      return isWordSeen ? .word : .other
    }
    end = start
  }
  return .empty
}

private func isEllipsis(_ bytes: [UInt8], _ start: Int, _ first: Int) -> Bool {
  start >= first + 2 && bytes[start] == 0x2E && bytes[start - 1] == 0x2E && bytes[start - 2] == 0x2E
}

/// How a line begins: with a mark of a list, or with text.
func beginning(of bytes: [UInt8], _ range: Range<Int>) -> LineBeginning {
  var index = range.lowerBound
  while index < range.upperBound, bytes[index] == 0x20 { index += 1 }
  guard index < range.upperBound else { return .other }
  switch bytes[index] {
  case 0x2D, 0x2A:
    // A dash or a star, and a space.
    return index + 1 < range.upperBound && bytes[index + 1] == 0x20 ? .bullet : .other
  case 0xE2:
    // U+2022, U+2013, U+2014, U+25CF.
    guard index + 2 < range.upperBound else { return .other }
    let pair = (bytes[index + 1], bytes[index + 2])
    return pair == (0x80, 0xA2) || pair == (0x80, 0x93) || pair == (0x80, 0x94) || pair == (0x97, 0x8F)
      ? .bullet : .other
  case 0x28, 0x30...0x39:
    // `1. `, `12) `, `(3) `.
    var end = bytes[index] == 0x28 ? index + 1 : index
    let first = end
    while end < range.upperBound, end - first < 3, 0x30...0x39 ~= bytes[end] { end += 1 }
    guard end > first, end + 1 < range.upperBound, bytes[end] == 0x2E || bytes[end] == 0x29 else {
      return .other
    }
    return bytes[end + 1] == 0x20 ? .number : .other
  default: return .other
  }
}

/// The character that ends before a place.
private func character(before end: Int, _ bytes: [UInt8], _ first: Int) -> (scalar: UInt32, start: Int) {
  var start = end - 1
  while start > first, end - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
  var scalar = UInt32(bytes[start])
  guard scalar >= 0x80 else { return (scalar, start) }
  let length = sequence(bytes, start, end, &scalar)
  return length == end - start ? (scalar, start) : (0xFFFD, end - 1)
}

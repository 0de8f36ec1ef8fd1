/// The encoding of text in UTF-16 or UTF-32, with or without a byte order mark, as `iconv` names it; nil for anything
/// else.
///
/// Without a mark, it is told by zero bytes, which text in UTF-8 does not have: UTF-16 has one in each ASCII character
/// and line end. Zero bytes in a damaged UTF-8 file are not mistaken for it. Read as UTF-16, nearly all characters must
/// be assigned; and either most of them are below U+2000, where every second byte would be a control character in UTF-8,
/// or the bytes are nowhere near valid UTF-8, as in Chinese.
func wideEncoding(of bytes: [UInt8]) -> String? {
  if bytes.starts(with: [0xff, 0xfe, 0x00, 0x00]) || bytes.starts(with: [0x00, 0x00, 0xfe, 0xff]) {
    return "UTF-32"
  }
  if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) { return "UTF-16" }
  guard bytes.contains(0) else { return nil }
  for order in ByteOrder.allCases where isUTF32(bytes, order) { return "UTF-32\(order.rawValue)" }
  for order in ByteOrder.allCases where isUTF16(bytes, order) { return "UTF-16\(order.rawValue)" }
  return nil
}

private enum ByteOrder: String, CaseIterable {
  case little = "LE"
  case big = "BE"

  /// The number of `size` bytes at a place.
  func number(_ bytes: [UInt8], at place: Int, size: Int) -> UInt32 {
    var number: UInt32 = 0
    for offset in 0..<size {
      number = number << 8 | UInt32(bytes[place + (self == .big ? offset : size - 1 - offset)])
    }
    return number
  }
}

private func isUTF32(_ bytes: [UInt8], _ order: ByteOrder) -> Bool {
  guard bytes.count >= 8 else { return false }
  let values = stride(from: 0, to: bytes.count / 4 * 4, by: 4).map { order.number(bytes, at: $0, size: 4) }
  let scalars = values.compactMap { Unicode.Scalar($0) }
  return scalars.count == values.count && isAssigned(scalars)
}

private func isUTF16(_ bytes: [UInt8], _ order: ByteOrder) -> Bool {
  var units = stride(from: 0, to: bytes.count / 2 * 2, by: 2).map {
    UInt16(truncatingIfNeeded: order.number(bytes, at: $0, size: 2))
  }
  let plain = units.count { $0 < 0x80 }
  guard units.count >= 2, plain > 0 else { return false }
  // The bytes may end within a pair.
  if let last = units.last, 0xd800...0xdbff ~= last { units.removeLast() }
  guard isAssigned(Array(String(decoding: units, as: UTF16.self).unicodeScalars)) else { return false }
  // A few units could be chance, unless they are ASCII.
  if plain == units.count { return true }
  let small = units.count { $0 < 0x2000 }
  if units.count < 8 { return units.count >= 4 && 10 * small >= 9 * units.count }
  return 2 * small >= units.count || 12 * invalidSequences(bytes) > bytes.count
}

/// Whether nearly all of these are characters of text; some text has a character that is newer than this program.
private func isAssigned(_ scalars: [Unicode.Scalar]) -> Bool {
  let strange = scalars.count { scalar in
    switch scalar.properties.generalCategory {
    case .unassigned, .privateUse, .surrogate: true
    case .control: !(0x09...0x0d ~= scalar.value)
    default: scalar == "\u{fffd}"
    }
  }
  return 100 * strange <= scalars.count
}

/// The number of sequences that are not valid UTF-8.
private func invalidSequences(_ bytes: [UInt8]) -> Int {
  String(decoding: bytes, as: UTF8.self).unicodeScalars.count { $0 == "\u{fffd}" }
}

import Files

/// Reads text of HTML: characters, and entities as the characters they stand for.
struct HTMLText {
  enum Piece {
    case text(String, Range<Int>)
    case entity(Unicode.Scalar, Range<Int>)
    /// An entity that is not known here.
    case unknown(Range<Int>)
    /// Bytes that are not UTF-8.
    case damaged(Range<Int>)
  }

  private let bytes: [UInt8]
  private var position: Int
  private let end: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    (self.bytes, position, end) = (bytes, range.lowerBound, range.upperBound)
  }

  mutating func next() -> Piece? {
    guard position < end else { return nil }
    let start = position
    if let entity = entity(at: start) {
      position = entity.range.upperBound
      return entity.scalar.map { .entity($0, entity.range) } ?? .unknown(entity.range)
    }
    position += 1
    while position < end, bytes[position] != UInt8(ascii: "&") || entity(at: position) == nil {
      position += 1
    }
    let range = start..<position
    return isUTF8(Array(bytes[range]))
      ? .text(String(decoding: bytes[range], as: UTF8.self), range) : .damaged(range)
  }

  private func entity(at start: Int) -> (scalar: Unicode.Scalar?, range: Range<Int>)? {
    guard bytes[start] == UInt8(ascii: "&") else { return nil }
    var place = start + 1
    while place < end, place - start < 34, Self.isNameByte(bytes[place]) { place += 1 }
    guard place < end, place > start + 1, bytes[place] == UInt8(ascii: ";") else { return nil }
    let name = String(decoding: bytes[start + 1..<place], as: UTF8.self)
    return (Self.scalar(name), start..<place + 1)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    0x61...0x7A ~= byte | 0x20 || 0x30...0x39 ~= byte || byte == UInt8(ascii: "#")
  }

  private static func scalar(_ name: String) -> Unicode.Scalar? {
    if name.hasPrefix("#x") || name.hasPrefix("#X") {
      return UInt32(name.dropFirst(2), radix: 16).flatMap(visible)
    }
    if name.hasPrefix("#") { return UInt32(name.dropFirst()).flatMap(visible) }
    return names[name].flatMap { Unicode.Scalar($0) }
  }

  /// A character, unless it is a control character or one that stands for marks.
  private static func visible(_ value: UInt32) -> Unicode.Scalar? {
    value < 0x20 || 0x7F...0x9F ~= value || 0xE000...0xF8FF ~= value || value >= 0xF0000
      ? nil : Unicode.Scalar(value)
  }

  /// The names that occur in text.
  private static let names: [String: UInt32] = [
    "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "nbsp": 0xA0, "iexcl": 0xA1,
    "cent": 0xA2,
    "pound": 0xA3, "yen": 0xA5, "sect": 0xA7, "copy": 0xA9, "laquo": 0xAB, "reg": 0xAE, "deg": 0xB0,
    "plusmn": 0xB1,
    "sup2": 0xB2, "sup3": 0xB3, "micro": 0xB5, "para": 0xB6, "middot": 0xB7, "raquo": 0xBB, "frac14": 0xBC,
    "frac12": 0xBD,
    "frac34": 0xBE, "iquest": 0xBF, "Agrave": 0xC0, "Aacute": 0xC1, "Acirc": 0xC2, "Atilde": 0xC3,
    "Auml": 0xC4,
    "Aring": 0xC5, "AElig": 0xC6, "Ccedil": 0xC7, "Egrave": 0xC8, "Eacute": 0xC9, "Ecirc": 0xCA, "Euml": 0xCB,
    "Igrave": 0xCC, "Iacute": 0xCD, "Icirc": 0xCE, "Iuml": 0xCF, "Ntilde": 0xD1, "Ograve": 0xD2,
    "Oacute": 0xD3,
    "Ocirc": 0xD4, "Otilde": 0xD5, "Ouml": 0xD6, "times": 0xD7, "Oslash": 0xD8, "Ugrave": 0xD9,
    "Uacute": 0xDA,
    "Ucirc": 0xDB, "Uuml": 0xDC, "szlig": 0xDF, "agrave": 0xE0, "aacute": 0xE1, "acirc": 0xE2, "atilde": 0xE3,
    "auml": 0xE4, "aring": 0xE5, "aelig": 0xE6, "ccedil": 0xE7, "egrave": 0xE8, "eacute": 0xE9, "ecirc": 0xEA,
    "euml": 0xEB, "igrave": 0xEC, "iacute": 0xED, "icirc": 0xEE, "iuml": 0xEF, "ntilde": 0xF1, "ograve": 0xF2,
    "oacute": 0xF3, "ocirc": 0xF4, "otilde": 0xF5, "ouml": 0xF6, "divide": 0xF7, "oslash": 0xF8,
    "ugrave": 0xF9,
    "uacute": 0xFA, "ucirc": 0xFB, "uuml": 0xFC, "yacute": 0xFD, "yuml": 0xFF, "OElig": 0x152, "oelig": 0x153,
    "Scaron": 0x160, "scaron": 0x161, "ensp": 0x2002, "emsp": 0x2003, "thinsp": 0x2009, "ndash": 0x2013,
    "mdash": 0x2014,
    "lsquo": 0x2018, "rsquo": 0x2019, "sbquo": 0x201A, "ldquo": 0x201C, "rdquo": 0x201D, "bdquo": 0x201E,
    "bull": 0x2022,
    "hellip": 0x2026, "permil": 0x2030, "prime": 0x2032, "Prime": 0x2033, "lsaquo": 0x2039, "rsaquo": 0x203A,
    "euro": 0x20AC, "trade": 0x2122, "larr": 0x2190, "uarr": 0x2191, "rarr": 0x2192, "darr": 0x2193,
    "minus": 0x2212,
    "ne": 0x2260, "le": 0x2264, "ge": 0x2265, "infin": 0x221E, "asymp": 0x2248,
  ]
}

/// Characters of a line without which it has no spans of some kinds.
struct SpanSigns: OptionSet {
  let rawValue: UInt8

  static let braces = SpanSigns(rawValue: 1)
  static let angle = SpanSigns(rawValue: 2)
  static let ampersand = SpanSigns(rawValue: 4)
  /// `:/`, or a period between letters or digits.
  static let address = SpanSigns(rawValue: 8)
  static let at = SpanSigns(rawValue: 16)
  static let slash = SpanSigns(rawValue: 32)
  static let digit = SpanSigns(rawValue: 64)
  /// The first byte of a symbol.
  static let symbol = SpanSigns(rawValue: 128)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The signs of a line.
  init(of line: [UInt8]) {
    var found: SpanSigns = []
    var last: UInt8 = 0
    for byte in line {
      let sign = Self.table[Int(byte)]
      if sign != 0 { found.formUnion(SpanSigns(rawValue: sign)) }
      // A period or a colon announces something only by what follows.
      if last == UInt8(ascii: "."), Self.isWordByte(byte) { found.insert(.address) }
      if last == UInt8(ascii: ":"), byte == UInt8(ascii: "/") { found.insert(.address) }
      last = byte
    }
    self = found
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x61...0x7A ~= byte | 0x20 || byte >= 0x80
  }

  private static let table: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case UInt8(ascii: "%"), UInt8(ascii: "{"): braces.rawValue
    case UInt8(ascii: "<"): angle.rawValue
    case UInt8(ascii: "&"): ampersand.rawValue
    case UInt8(ascii: "@"): at.rawValue
    case UInt8(ascii: "/"), UInt8(ascii: "\\"): slash.rawValue
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit.rawValue
    case 0xE2, 0xE3, 0xF0: symbol.rawValue
    default: 0
    }
  }
}

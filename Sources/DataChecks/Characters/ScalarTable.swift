import Text

/// What every character of the Basic Multilingual Plane is.
struct ScalarTable: Sendable {
  /// Made once; it takes a few hundredths of a second.
  static let shared = ScalarTable()

  let entries: [UInt32]

  private init() {
    let normalizer = Normalizer(form: .nfc)
    entries = (0..<0x10000).map { Self.entry(UInt32($0), normalizer).bits }
  }

  /// The entry of a character beyond the Basic Multilingual Plane.
  static func entryBeyond(_ scalar: UInt32) -> ScalarEntry {
    typealias Class = ScalarEntry.Class
    return switch scalar {
    case 0x1F000..<0x1FB00: ScalarEntry(Class.emoji, .none, flags: 0, folded: 1)
    case 0x20000..<0x40000: ScalarEntry(Class.ideograph, .han, flags: 0, folded: scalar & 0xFFFF)
    case 0x1D400..<0x1D800:
      ScalarEntry(Class.letter, .latin, flags: ScalarEntry.Flag.compatibility, folded: scalar & 0xFFFF)
    case 0xF0000..<0x110000: ScalarEntry(Class.privateUse, .none, flags: 0, folded: 0)
    case 0xE0000..<0xF0000: ScalarEntry(Class.invisible, .none, flags: 0, folded: 0)
    default: ScalarEntry(Class.letter, .other, flags: 0, folded: scalar & 0xFFFF)
    }
  }

  private static func entry(_ value: UInt32, _ normalizer: Normalizer) -> ScalarEntry {
    typealias Class = ScalarEntry.Class
    guard let scalar = Unicode.Scalar(value) else {
      return ScalarEntry(Class.privateUse, .none, flags: 0, folded: 0)
    }
    let category = scalar.properties.generalCategory
    let kind = Self.kind(value, category)
    let isLetter = Class.lowercase <= kind && kind <= Class.ideograph
    let folded: UInt32 =
      switch kind {
      case Class.uppercase:
        scalar.properties.lowercaseMapping.unicodeScalars.first.map { $0.value & 0xFFFF } ?? value
      case Class.digit:
        scalar.properties.numericType == .decimal ? UInt32(scalar.properties.numericValue ?? 0) : 0
      case Class.bracket: bracket(value)
      default: value
      }
    return ScalarEntry(
      kind, isLetter ? Script(ofLetter: value) : .none, flags: flags(scalar, kind, category, normalizer),
      folded: folded)
  }

  private static func kind(_ value: UInt32, _ category: Unicode.GeneralCategory) -> UInt32 {
    typealias Class = ScalarEntry.Class
    switch value {
    case 0x22, 0xAB, 0xBB, 0x201C...0x201F, 0x2039, 0x203A, 0x300C...0x300F, 0xFF02, 0xFF62, 0xFF63:
      return Class.quote
    case 0x28, 0x29, 0x5B, 0x5D, 0x7B, 0x7D, 0xFF08, 0xFF09, 0xFF3B, 0xFF3D, 0xFF5B, 0xFF5D, 0x3010, 0x3011,
      0x3014, 0x3015:
      return Class.bracket
    case 0x2764, 0x263A, 0x2639, 0x2B50: return Class.emoji
    case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF:
      // Scripts without spaces: each letter is a word.
      if category == .otherLetter || category == .modifierLetter { return Class.ideograph }
    case 0x200C, 0x200D, 0xFE00...0xFE0F: return Class.mark
    case 0x1160, 0x115F, 0x3164, 0x34F: return Class.invisible
    default: break
    }
    switch category {
    case .lowercaseLetter: return Class.lowercase
    case .uppercaseLetter, .titlecaseLetter: return Class.uppercase
    case .otherLetter, .modifierLetter: return Class.letter
    case .nonspacingMark, .spacingMark, .enclosingMark: return Class.mark
    case .decimalNumber: return Class.digit
    case .letterNumber, .otherNumber: return Class.symbol
    case .spaceSeparator: return Class.space
    case .lineSeparator, .paragraphSeparator, .control: return Class.control
    case .format: return Class.invisible
    case .privateUse, .unassigned, .surrogate: return Class.privateUse
    case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: return Class.symbol
    default: return Class.punctuation
    }
  }

  private static func flags(
    _ scalar: Unicode.Scalar, _ kind: UInt32, _ category: Unicode.GeneralCategory, _ normalizer: Normalizer
  ) -> UInt32 {
    typealias Flag = ScalarEntry.Flag
    let value = scalar.value
    var flags: UInt32 = 0
    if value >= 0x300 {
      let bytes = Array(String(scalar).utf8)
      // Marks and the second parts of Korean syllables join what is before them.
      if kind == ScalarEntry.Class.mark || 0x1160...0x11FF ~= value || normalizer.normalize(bytes) != bytes {
        flags |= Flag.normalization
      }
    }
    switch value {
    case 0xFB00...0xFB06, 0xFB13...0xFB17, 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0xFB50...0xFBFF,
      0xFE70...0xFEFC, 0xFF66...0xFF9F, 0x132, 0x133, 0x1C4...0x1CC, 0x2F00...0x2FDF:
      flags |= Flag.compatibility
    default: break
    }
    // What the first bytes of UTF-8 sequences are in Windows-1252.
    if 0xC2...0xF4 ~= value { flags |= Flag.mojibake }
    if [0x25, 0x26, 0x3C, 0x5C, 0x7B, 0x3A, 0x40, 0x3F, 0x24, 0x23].contains(value) { flags |= Flag.sign }
    if kind == ScalarEntry.Class.space, value != 0x20 { flags |= Flag.unusualSpace }
    if value == 0xFFFD { flags |= Flag.replacement }
    return flags
  }

  /// Parentheses 0 and 1, square brackets 2 and 3, braces 4 and 5.
  private static func bracket(_ value: UInt32) -> UInt32 {
    switch value {
    case 0x28, 0xFF08: 0
    case 0x29, 0xFF09: 1
    case 0x5B, 0xFF3B, 0x3010, 0x3014: 2
    case 0x5D, 0xFF3D, 0x3011, 0x3015: 3
    case 0x7B, 0xFF5B: 4
    default: 5
    }
  }
}

/// The scripts that are told apart: those of most parallel text by name, the others together.
enum Script: UInt8, CaseIterable, Sendable {
  case none, latin, greek, cyrillic, armenian, hebrew, arabic, indic, southeastAsian, hangul, kana, han,
    georgian,
    ethiopic, other

  /// The script of a letter, by its block.
  ///
  /// Source: The Unicode Standard 15, Blocks.
  init(ofLetter scalar: UInt32) {
    self =
      switch scalar {
      case 0..<0x370, 0x1D00..<0x1D80, 0x1E00..<0x1F00, 0x2C60..<0x2C80, 0xA720..<0xA800, 0xAB30..<0xAB70,
        0xFB00..<0xFB07, 0xFF21..<0xFF5B, 0x2071..<0x209D:
        .latin
      case 0x370..<0x400, 0x1F00..<0x2000: .greek
      case 0x400..<0x530, 0x1C80..<0x1C90, 0x2DE0..<0x2E00, 0xA640..<0xA6A0: .cyrillic
      case 0x530..<0x590, 0xFB13..<0xFB18: .armenian
      case 0x590..<0x600, 0xFB1D..<0xFB50: .hebrew
      case 0x600..<0x780, 0x8A0..<0x900, 0xFB50..<0xFE00, 0xFE70..<0xFEFF: .arabic
      case 0x900..<0xE00: .indic
      case 0xE00..<0xF00, 0x1000..<0x10A0, 0x1780..<0x1800: .southeastAsian
      case 0x10A0..<0x1100, 0x1C90..<0x1CC0, 0x2D00..<0x2D30: .georgian
      case 0x1100..<0x1200, 0x3130..<0x3190, 0xA960..<0xA980, 0xAC00..<0xD800: .hangul
      case 0x1200..<0x13A0, 0x2D80..<0x2DE0: .ethiopic
      case 0x3040..<0x3100, 0x31F0..<0x3200, 0xFF66..<0xFFA0: .kana
      case 0x2E80..<0x2FE0, 0x3005..<0x3008, 0x3400..<0xA000, 0xF900..<0xFB00, 0x20000..<0x40000: .han
      default: .other
      }
  }

  /// Whether a character is about a word, and words are not told apart by spaces.
  var isDense: Bool { self == .han || self == .kana || self == .southeastAsian }

  /// Its name for people.
  var name: String {
    switch self {
    case .none: "none"
    case .latin: "Latin"
    case .greek: "Greek"
    case .cyrillic: "Cyrillic"
    case .armenian: "Armenian"
    case .hebrew: "Hebrew"
    case .arabic: "Arabic"
    case .indic: "Indic"
    case .southeastAsian: "Thai, Lao, Khmer or Burmese"
    case .hangul: "Korean"
    case .kana: "Japanese kana"
    case .han: "Chinese characters"
    case .georgian: "Georgian"
    case .ethiopic: "Ethiopic"
    case .other: "other"
    }
  }
}

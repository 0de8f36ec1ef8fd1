/// What checks need to know about a character, in 32 bits.
struct ScalarEntry {
  let bits: UInt32

  /// What a character is.
  enum Class {
    static let other: UInt32 = 0
    static let lowercase: UInt32 = 1
    static let uppercase: UInt32 = 2
    /// A letter without case.
    static let letter: UInt32 = 3
    /// A character that is a word by itself: Chinese, Japanese, and other scripts without spaces.
    static let ideograph: UInt32 = 4
    /// A combining mark, which belongs to the letter before it.
    static let mark: UInt32 = 5
    static let digit: UInt32 = 6
    static let space: UInt32 = 7
    static let punctuation: UInt32 = 8
    static let symbol: UInt32 = 9
    static let control: UInt32 = 10
    /// Zero-width and other characters that nobody sees.
    static let invisible: UInt32 = 11
    static let bracket: UInt32 = 12
    static let quote: UInt32 = 13
    /// Private use, or not a character.
    static let privateUse: UInt32 = 14
    static let emoji: UInt32 = 15
  }

  /// What else to look at.
  enum Flag {
    /// NFC may change a text with this character.
    static let normalization: UInt32 = 1 << 8
    /// A variant of another character: a ligature, a full-width letter.
    static let compatibility: UInt32 = 1 << 9
    /// May begin text that was read in a wrong encoding.
    static let mojibake: UInt32 = 1 << 10
    /// An ASCII sign that may begin markup or a placeholder.
    static let sign: UInt32 = 1 << 11
    /// A space other than U+0020.
    static let unusualSpace: UInt32 = 1 << 12
    static let replacement: UInt32 = 1 << 13
  }

  static let flagMask: UInt32 = 0xFF00

  init(bits: UInt32) { self.bits = bits }

  init(_ kind: UInt32, _ script: Script, flags: UInt32, folded: UInt32) {
    bits = kind | UInt32(script.rawValue) << 4 | flags | folded << 16
  }

  var kind: UInt32 { bits & 0xF }
  var script: Int { Int(bits >> 4 & 0xF) }
  /// The lowercase letter; the value of a digit; the kind of a bracket.
  var folded: UInt32 { bits >> 16 }
  func has(_ flag: UInt32) -> Bool { bits & flag != 0 }
}

/// What one pass over a line noticed, and slower checks then look at.
struct LineFlags: OptionSet, Sendable {
  let rawValue: UInt32

  static let invalidUTF8 = LineFlags(rawValue: 1 << 0)
  static let replacement = LineFlags(rawValue: 1 << 1)
  static let control = LineFlags(rawValue: 1 << 2)
  static let tab = LineFlags(rawValue: 1 << 3)
  static let invisible = LineFlags(rawValue: 1 << 4)
  static let privateUse = LineFlags(rawValue: 1 << 5)
  /// NFC may change the line.
  static let normalization = LineFlags(rawValue: 1 << 6)
  static let compatibility = LineFlags(rawValue: 1 << 7)
  /// Contains a character that text read in a wrong encoding has.
  static let mojibake = LineFlags(rawValue: 1 << 8)
  /// Contains a sign that may begin markup, a placeholder, an entity or an address.
  static let sign = LineFlags(rawValue: 1 << 9)
  static let unusualSpace = LineFlags(rawValue: 1 << 10)
  static let doubleSpace = LineFlags(rawValue: 1 << 11)
  /// A space at the beginning or the end.
  static let outerSpace = LineFlags(rawValue: 1 << 12)
  /// A word with letters of scripts that look alike.
  static let mixedScript = LineFlags(rawValue: 1 << 13)
  static let emoji = LineFlags(rawValue: 1 << 14)
  /// `www.`, `://` or `@` within a word.
  static let address = LineFlags(rawValue: 1 << 15)
}

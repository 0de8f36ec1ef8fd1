/// Whether a character has a space next to it by default.
///
/// The classes are defined here instead of by ICU because they are part of the meaning of tokens: a text that was
/// tokenized with one version of ICU must be restored exactly with another.
enum Spacing {
  /// Punctuation, symbols, letters of most scripts: a space between two such characters.
  case spaced
  /// Latin, Greek and Cyrillic letters and European digits: a space, but none next to Chinese and Japanese characters:
  /// `2016年`, `用iPhone`.
  case european
  /// Chinese and Japanese, which are written without spaces.
  case ideographic
  /// Thai, Lao, Khmer, Burmese and Tibetan, which are written without spaces between words.
  case unspaced
  /// Full-width punctuation and white space: never a space next to them.
  case tight

  /// Whether there is no space between two characters by default.
  static func joins(_ left: UInt32, _ right: UInt32) -> Bool {
    if left < 0x80 && right < 0x80 && left > 0x20 && right > 0x20 { return false }
    return joins(Spacing(left), Spacing(right))
  }

  /// Whether there is no space between two characters of which at least one was copied from another text.
  ///
  /// Copied letters of any script are treated like European ones: Chinese and Japanese put no space next to them.
  static func joinsCopied(_ left: UInt32, _ right: UInt32) -> Bool {
    func spacing(_ scalar: UInt32) -> Spacing {
      let own = Spacing(scalar)
      return own == .spaced && ICU.isLetterOrDigit(scalar) ? .european : own
    }
    return joins(spacing(left), spacing(right))
  }

  private static func joins(_ left: Spacing, _ right: Spacing) -> Bool {
    switch (left, right) {
    case (.tight, _), (_, .tight): return true
    case (.ideographic, .european), (.european, .ideographic): return true
    case (.ideographic, .ideographic), (.unspaced, .unspaced): return true
    case (.ideographic, .unspaced), (.unspaced, .ideographic): return true
    default: return false
    }
  }

  /// The class of a scalar value.
  init(_ scalar: UInt32) {
    if Mark.isWhitespace(scalar) {
      self = .tight
    } else if scalar < 0x0E00 {
      self = Spacing.isEuropean(scalar) ? .european : .spaced
    } else {
      self = Spacing.ofHighScalar(scalar)
    }
  }

  private static func isEuropean(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xD7, 0xF7: false  // × ÷
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x370...0x52F: true
    default: false
    }
  }

  private static func ofHighScalar(_ scalar: UInt32) -> Spacing {
    switch scalar {
    case 0x0E3F: .spaced  // the sign of the baht
    case 0x0E00...0x0EFF, 0x0F00...0x109F, 0x1780...0x17FF, 0x19E0...0x19FF: .unspaced
    case 0xA9E0...0xA9FF, 0xAA60...0xAA7F: .unspaced
    // Full-width and vertical punctuation, the middle dot of Katakana.
    case 0x3001...0x3003, 0x3008...0x3020, 0x3030, 0x303D, 0x30A0, 0x30FB, 0xFE10...0xFE19, 0xFE30...0xFE4F:
      .tight
    case 0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF40, 0xFF5B...0xFF65: .tight
    case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: .european
    // Radicals, Kana, Bopomofo, ideographs with their marks, half-width Katakana.
    case 0x2E80...0x2FDF, 0x3004...0x312F, 0x31A0...0x31BF, 0x31F0...0x9FFF: .ideographic
    case 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x1AFF0...0x1B16F, 0x20000...0x3FFFF: .ideographic
    default: .spaced
    }
  }
}

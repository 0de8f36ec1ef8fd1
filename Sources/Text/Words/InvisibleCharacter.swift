/// Which characters a reader does not see.
///
/// Source: Unicode's properties `White_Space`, `Default_Ignorable_Code_Point` and the general category `Cc`. They are
/// written out here, so that the meaning of a trained model does not depend on ICU's version.
enum InvisibleCharacter {
  /// Whether a character is white space, or leaves as much room as white space.
  static func isWhitespace(_ scalar: UInt32) -> Bool {
    switch scalar {
    // The fillers of Hangul and the blank of Braille look like spaces.
    case 0x2800, 0x3164, 0xFFA0: true
    default: Mark.isWhitespace(scalar)
    }
  }

  /// Whether a character that is not white space changes nothing where it stands.
  ///
  /// - Parameters:
  ///   - scalar: the character.
  ///   - last: the character before it, not counting what was removed; nil after white space.
  ///   - next: the character after it.
  /// - Returns: whether a reader cannot tell that it is there.
  static func isDispensable(_ scalar: UInt32, after last: UInt32?, before next: UInt32?) -> Bool {
    if scalar < 0xAD { return scalar < 0x20 || 0x7F...0x9F ~= scalar }
    switch scalar {
    case 0x200C, 0x200D: return !isJoinerNeeded(scalar, last, next)
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF: return !isSelectorNeeded(last, next)
    case 0xE0020...0xE007F: return !isTagNeeded(last)
    default: return isNeverSeen(scalar)
    }
  }

  /// Whether a character only selects how others look: a reader may miss it, but hardly its absence.
  static func isSelector(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x200C, 0x200D, 0xFE00...0xFE0F, 0xE0020...0xE007F, 0xE0100...0xE01EF: true
    default: false
    }
  }

  /// Characters that are invisible everywhere.
  private static func isNeverSeen(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180E: true
    case 0x200B, 0x200E...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF0...0xFFFB: true
    case 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE001F, 0xE0080...0xE00FF, 0xE01F0...0xE0FFF: true
    default: false
    }
  }

  /// A joiner changes the forms of letters in scripts from Hebrew to Tibetan and in Mongolian, and makes one emoji of
  /// two.
  private static func isJoinerNeeded(_ joiner: UInt32, _ last: UInt32?, _ next: UInt32?) -> Bool {
    guard let last, let next else { return false }
    if usesJoiners(last) && usesJoiners(next) { return true }
    return joiner == 0x200D && isPictorial(last) && isPictorial(next)
  }

  private static func usesJoiners(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x600...0xDFF, 0xF00...0x109F, 0x1780...0x18AF, 0x1900...0x1CFF, 0xA800...0xABFF: true
    case 0x10A00...0x11FFF, 0x1E900...0x1E95F: true
    default: false
    }
  }

  /// A variation selector changes symbols, emoji, ideographs and Mongolian letters, and makes a keycap of a digit.
  private static func isSelectorNeeded(_ last: UInt32?, _ next: UInt32?) -> Bool {
    guard let last else { return false }
    switch last {
    case 0x23, 0x2A, 0x30...0x39: return next == 0x20E3
    default: return isPictorial(last) || 0x1800...0x18AF ~= last || 0x1000...0x109F ~= last
    }
  }

  /// Symbols, emoji and ideographs.
  private static func isPictorial(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xA9, 0xAE, 0x2030...0x2BFF, 0x3001...0x303F, 0x3200...0x9FFF, 0xF900...0xFAFF, 0xFE0E...0xFE0F: true
    case 0x1F000...0x1FBFF, 0x20000...0x3FFFF: true
    default: false
    }
  }

  /// Tags make a flag of a black flag: the flags of England, Scotland and Wales.
  private static func isTagNeeded(_ last: UInt32?) -> Bool {
    guard let last else { return false }
    return last == 0x1F3F4 || 0xE0020...0xE007E ~= last
  }
}

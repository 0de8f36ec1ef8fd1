/// The marks with which tokens record spaces and spell characters that no token may contain.
///
/// A token consists of `￭` if it joins the previous token, its text, and `￭` if it joins the next token. A token `▁`
/// stands for a space where there is none by default. In the text of a token, a forbidden character is spelled by its
/// number, such as `￮a0;` for a no-break space. The three marks themselves are forbidden as well.
enum Mark {
  /// `￭`, U+FFED: nothing comes between this token and its neighbor on that side.
  static let joiner: UInt32 = 0xFFED
  /// `▁`, U+2581: a space.
  static let space: UInt32 = 0x2581
  /// `￮`, U+FFEE: begins a character that is spelled by its number.
  static let escape: UInt32 = 0xFFEE
  /// Ends the number of an escaped character.
  static let escapeEnd = UInt8(ascii: ";")

  /// U+FDD0 and U+FDD1, noncharacters: what is between them was copied from another text.
  static let copyStart: UInt32 = 0xFDD0
  static let copyEnd: UInt32 = 0xFDD1

  /// Whether a scalar must be escaped in a token.
  ///
  /// Tokens are written to files with spaces between them, one sentence per line. So a token must not contain anything
  /// at which a program might split words or lines (Python's `split` and `splitlines` split at the most characters),
  /// nor control characters, byte order marks, or the marks themselves.
  static func mustEscape(_ scalar: UInt32) -> Bool {
    switch scalar {
    case joiner, space, escape, copyStart, copyEnd, 0xFEFF: true
    case 0x00...0x1F, 0x7F...0x9F: true
    default: isWhitespace(scalar)
    }
  }

  /// Whether a scalar has Unicode's property `White_Space` (stable since 6.3) or is in U+001C...U+001F, which Python
  /// adds.
  static func isWhitespace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      true
    default: false
    }
  }

  /// Whether all scalars that begin with this byte may be part of a token.
  static func isPlain(firstByte byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x7E: true
    case 0x00...0x20, 0x7F: false
    // First bytes of U+0080 to U+00BF, U+1000 to U+3FFF and U+F000 to U+FFFF.
    case 0xC2, 0xE1, 0xE2, 0xE3, 0xEF: false
    default: true
    }
  }
}

extension [UInt8] {
  /// Appends text with forbidden characters escaped.
  mutating func appendEscaped(_ text: borrowing Span<UInt8>, from start: Int, to end: Int) {
    var position = start
    while position < end {
      if Mark.isPlain(firstByte: text[position]) {
        append(text[position])
        position += 1
        continue
      }
      let scalar = decodeScalar(text, at: position)
      if Mark.mustEscape(scalar.value) {
        appendUTF8(Mark.escape)
        append(contentsOf: String(scalar.value, radix: 16).utf8)
        append(Mark.escapeEnd)
      } else {
        for offset in position..<position + scalar.length { append(text[offset]) }
      }
      position += scalar.length
    }
  }
}

/// The character whose number begins at `position`, after a `￮`, and the length of the number and `;`.
///
/// - Returns: nil if there is no number of a Unicode scalar.
func decodeEscape(_ tokens: borrowing Span<UInt8>, at position: Int) -> DecodedScalar? {
  var value: UInt32 = 0
  var index = position
  while index < tokens.count && index <= position + 6 {
    let byte = tokens[index]
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte & 0xF)
    case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - 0x57)
    case Mark.escapeEnd where index > position && Unicode.Scalar(value) != nil:
      return DecodedScalar(value: value, length: index + 1 - position)
    default: return nil
    }
    index += 1
  }
  return nil
}

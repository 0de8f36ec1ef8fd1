extension ICUTokenizer {
  /// Restores the line from its tokens.
  ///
  /// Any sequence of tokens gives a line, even one that no tokenizer would write: marks that contradict each other, are
  /// alone, or are inside a token are followed as far as they make sense, and never appear in the line.
  ///
  /// - Parameter tokens: UTF-8, with white space between the tokens.
  /// - Returns: one line, without a line feed.
  public static func detokenize(_ tokens: [UInt8]) -> [UInt8] {
    var text = TextAssembler(capacity: tokens.count)
    let bytes = tokens.span
    var position = 0
    while position < bytes.count {
      position += text.appendNext(bytes, at: position)
    }
    return text.line
  }
}

extension ICUTokenizer {
  /// A word that was copied from another text, as a token.
  ///
  /// Its marks tell what was next to it there. A word with letters or digits loses them, so that its new neighbors and
  /// the rules of its script decide about spaces; a symbol, such as a bracket, keeps them.
  public static func copied(_ word: [UInt8]) -> [UInt8] {
    let text = String(decoding: detokenize(word), as: UTF8.self)
    var token: [UInt8] = []
    token.appendUTF8(Mark.copyStart)
    if text.unicodeScalars.contains(where: { ICU.isLetterOrDigit($0.value) }) {
      for scalar in String(decoding: word, as: UTF8.self).unicodeScalars where scalar.value != Mark.joiner {
        token.appendUTF8(scalar.value)
      }
    } else {
      token += word
    }
    token.appendUTF8(Mark.copyEnd)
    return token
  }
}

/// Assembles a line from the characters of tokens, with the right spacing.
private struct TextAssembler {
  /// What comes between the last character and the next one; the greatest wins.
  private enum Gap: Int {
    case withinToken, betweenTokens, join, space
  }

  private(set) var line: [UInt8] = []
  private var last: UInt32?
  private var gap = Gap.withinToken
  /// Whether the next character was copied from another text, and whether the last one was.
  private var (isCopied, wasCopied) = (false, false)

  init(capacity: Int) { line.reserveCapacity(capacity) }

  /// Reads a character, a mark or a space between tokens.
  ///
  /// - Returns: the number of bytes it takes.
  mutating func appendNext(_ tokens: borrowing Span<UInt8>, at position: Int) -> Int {
    let scalar = decodeScalar(tokens, at: position)
    switch scalar.value {
    case 0x20, 0x09...0x0D: widen(.betweenTokens)
    case Mark.copyStart: isCopied = true
    case Mark.copyEnd: isCopied = false
    case Mark.joiner: widen(.join)
    case Mark.space: widen(.space)
    case Mark.escape:
      guard let escaped = decodeEscape(tokens, at: position + scalar.length) else { break }
      // A line feed would split the line; no tokenizer writes it.
      append(escaped.value == 0x0A ? 0x20 : escaped.value)
      return scalar.length + escaped.length
    default:
      closeGap(before: scalar.value)
      // Copy the bytes, valid or not.
      for offset in 0..<scalar.length { line.append(tokens[position + offset]) }
    }
    return scalar.length
  }

  private mutating func append(_ scalar: UInt32) {
    closeGap(before: scalar)
    line.appendUTF8(scalar)
  }

  private mutating func widen(_ other: Gap) {
    if other.rawValue > gap.rawValue { gap = other }
  }

  private mutating func closeGap(before next: UInt32) {
    if let last {
      let joins = isCopied || wasCopied ? Spacing.joinsCopied(last, next) : Spacing.joins(last, next)
      if gap == .space || gap == .betweenTokens && !joins { line.append(0x20) }
    }
    (last, gap, wasCopied) = (next, .withinToken, isCopied)
  }
}

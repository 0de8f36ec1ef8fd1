extension ICUTokenizer {
  /// The line that tokens were cut from.
  ///
  /// Any sequence of tokens gives a line, even one that no tokenizer would write: marks that contradict each
  /// other, or that stand alone or inside a token, are followed as far as they make sense and never appear in
  /// the line.
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

/// Puts tokens' characters into a line, with what belongs between them.
private struct TextAssembler {
  /// What comes between the last character written and the next one; the greater wins.
  private enum Gap: Int {
    case withinToken, betweenTokens, join, space
  }

  private(set) var line: [UInt8] = []
  private var last: UInt32?
  private var gap = Gap.withinToken

  init(capacity: Int) { line.reserveCapacity(capacity) }

  /// Reads a character, a mark or a space between tokens.
  ///
  /// - Returns: How many bytes it takes.
  mutating func appendNext(_ tokens: borrowing Span<UInt8>, at position: Int) -> Int {
    let scalar = decodeScalar(tokens, at: position)
    switch scalar.value {
    case 0x20, 0x09...0x0D: widen(.betweenTokens)
    case Mark.joiner: widen(.join)
    case Mark.space: widen(.space)
    case Mark.escape:
      guard let escaped = decodeEscape(tokens, at: position + scalar.length) else { break }
      // The one character that would make two lines of one; no tokenizer writes it.
      append(escaped.value == 0x0A ? 0x20 : escaped.value)
      return scalar.length + escaped.length
    default:
      closeGap(before: scalar.value)
      // The bytes as they are, valid or not.
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
      let defaultsToSpace = gap == .betweenTokens && !Spacing.joins(last, next)
      if gap == .space || defaultsToSpace { line.append(0x20) }
    }
    (last, gap) = (next, .withinToken)
  }
}

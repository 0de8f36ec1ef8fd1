/// Writes pieces as tokens, with marks that record their spacing.
struct TokenWriter {
  private(set) var tokens: [UInt8] = []
  /// The kind of the piece written last, and its last scalar.
  private var previous: (kind: Piece.Kind, scalar: UInt32)?
  private var spaceBefore = false

  init(capacity: Int) { tokens.reserveCapacity(capacity) }

  /// Adds the next piece.
  ///
  /// A single space between two pieces needs no token. Other spaces, at the ends of the line or several in a row,
  /// become a token.
  mutating func append(_ line: borrowing Span<UInt8>, _ piece: Piece) {
    let range = piece.range
    if piece.kind == .spaces && range.count == 1 && range.lowerBound > 0 && range.upperBound < line.count {
      spaceBefore = true
      return
    }
    let first = decodeScalar(line, at: range.lowerBound).value
    let joinsPrevious = closeGap(before: first, kind: piece.kind)
    if joinsPrevious { tokens.appendUTF8(Mark.joiner) }
    tokens.appendEscaped(line, from: range.lowerBound, to: range.upperBound)
    previous = (piece.kind, decodeScalar(line, before: range.upperBound))
    spaceBefore = false
  }

  /// Writes what comes between the last piece and one that begins with `first`.
  ///
  /// - Returns: whether the next token must start with a joiner.
  private mutating func closeGap(before first: UInt32, kind: Piece.Kind) -> Bool {
    guard let (previousKind, last) = previous else { return false }
    let joins = Spacing.joins(last, first)
    let needsMark = joins == spaceBefore
    var isInFront = false
    if needsMark && !joins {
      isInFront = marksRight(previousKind, last, kind, first)
      if !isInFront { tokens.appendUTF8(Mark.joiner) }
    }
    tokens.append(0x20)
    if needsMark && joins {
      tokens.appendUTF8(Mark.space)
      tokens.append(0x20)
    }
    return isInFront
  }

  /// Whether the right one of two adjacent tokens gets the joiner.
  ///
  /// Between a symbol and a word it is the symbol, so that words have one form. Otherwise it is the right token, unless
  /// the left one is a proclitic (`l'`) or the right one is an opening mark, which typically has a joiner on its other
  /// side.
  private func marksRight(
    _ leftKind: Piece.Kind, _ last: UInt32, _ rightKind: Piece.Kind, _ first: UInt32
  ) -> Bool {
    switch (leftKind.isWordLike, rightKind.isWordLike) {
    case (true, true): !isApostrophe(last)
    case (true, false): true
    case (false, true): false
    case (false, false): !ICU.isOpening(first)
    }
  }
}

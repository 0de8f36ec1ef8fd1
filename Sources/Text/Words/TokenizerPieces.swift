/// A range of a line that becomes a token, or the spaces between two.
struct Piece: Equatable {
  enum Kind {
    /// One or more U+0020.
    case spaces
    /// Contains letters, digits or ideographs.
    case word
    /// A protected word, which is never changed.
    case protected
    /// Anything else: punctuation, symbols, emoji, control characters.
    case symbol

    /// Whether joiners belong to its neighbors, so that it has one form.
    var isWordLike: Bool { self == .word || self == .protected }
  }

  var kind: Kind
  /// The byte range in the line.
  var range: Range<Int>
}

/// Turns ICU's segments into pieces that are better suited to translation.
///
/// ICU separates all punctuation except within words and numbers (`don't`, `3.14`, `a_b`, `example.com`). In addition:
/// - the space, the narrow no-break space and `@` are always separate;
/// - clitics are separated in English (`John 's`, `don 't`), French, Italian and Catalan (`l' homme`), so that words
///   have one form, and there are few clitics;
/// - a period stays with letters that already have periods between them: `U.S.`, `z.B.`;
/// - repeated marks are one piece: `...`, `!!!`, `----`, `——`.
struct PieceList {
  private(set) var pieces: [Piece] = []
  private let clitics: Clitics

  init(clitics: Clitics) { self.clitics = clitics }

  /// Adds a segment that may contain spaces.
  mutating func append(_ line: borrowing Span<UInt8>, _ range: Range<Int>, isWord: Bool) {
    if isWord {
      appendWord(line, range)
    } else if range.count == 1 && line[range.lowerBound] != 0x20 {
      appendSymbol(line, range)
    } else {
      appendMixed(line, range)
    }
  }

  /// Adds a protected word, whatever it contains.
  mutating func appendProtected(_ range: Range<Int>) {
    pieces.append(Piece(kind: .protected, range: range))
  }

  private mutating func appendWord(_ line: borrowing Span<UInt8>, _ range: Range<Int>) {
    if let middle = clitics.split(line, range) {
      pieces.append(Piece(kind: .word, range: range.lowerBound..<middle))
      pieces.append(Piece(kind: .word, range: middle..<range.upperBound))
    } else {
      pieces.append(Piece(kind: .word, range: range))
    }
  }

  /// Splits a segment at spaces; for ICU, a space with combining marks after it is one segment.
  private mutating func appendMixed(_ line: borrowing Span<UInt8>, _ range: Range<Int>) {
    var start = range.lowerBound
    while start < range.upperBound {
      let isSpace = line[start] == 0x20
      var end = start + 1
      while end < range.upperBound && (line[end] == 0x20) == isSpace { end += 1 }
      if isSpace { appendSpaces(start..<end) } else { appendSymbol(line, start..<end) }
      start = end
    }
  }

  private mutating func appendSpaces(_ range: Range<Int>) {
    if let last = pieces.last, last.kind == .spaces {
      pieces[pieces.count - 1].range = last.range.lowerBound..<range.upperBound
    } else {
      pieces.append(Piece(kind: .spaces, range: range))
    }
  }

  private mutating func appendSymbol(_ line: borrowing Span<UInt8>, _ range: Range<Int>) {
    if let last = pieces.last, continues(line, last, range) {
      pieces[pieces.count - 1].range = last.range.lowerBound..<range.upperBound
    } else {
      pieces.append(Piece(kind: .symbol, range: range))
    }
  }

  /// Whether a symbol belongs to the piece before it.
  private func continues(_ line: borrowing Span<UInt8>, _ last: Piece, _ range: Range<Int>) -> Bool {
    let symbol = decodeScalar(line, at: range.lowerBound)
    guard symbol.length == range.count else { return false }
    switch last.kind {
    case .spaces, .protected: return false
    case .word: return symbol.value == 0x2E && isAbbreviation(line, last.range)
    case .symbol:
      return isRepeatable(symbol.value)
        && decodeScalar(line, at: last.range.lowerBound).value == symbol.value
        && decodeScalar(line, before: last.range.upperBound) == symbol.value
    }
  }
}

/// Whether repetitions of a mark form one mark, such as a long dash, an ellipsis, or a rule.
private func isRepeatable(_ scalar: UInt32) -> Bool {
  switch scalar {
  case 0x21, 0x23, 0x2A, 0x2D, 0x2E, 0x3D, 0x3F, 0x7E: true  // ! # * - . = ? ~
  case 0x2013, 0x2014, 0x2015, 0x2026, 0x2500: true  // – — ― … ─
  case 0x3002, 0x301C, 0x30FB, 0xFF01, 0xFF0E, 0xFF1F, 0xFF5E: true  // 。 〜 ・ ！ ． ？ ～
  default: false
  }
}

/// Whether a word consists of single letters with periods between them: `U.S`, `p.m`.
private func isAbbreviation(_ line: borrowing Span<UInt8>, _ word: Range<Int>) -> Bool {
  var position = word.lowerBound
  var letters = 0
  while position < word.upperBound {
    let scalar = decodeScalar(line, at: position)
    if 0x30...0x39 ~= scalar.value || scalar.value == 0x2E { return false }
    position += scalar.length
    letters += 1
    if position == word.upperBound { return letters > 1 }
    if line[position] != 0x2E { return false }
    position += 1
  }
  return false
}

import Text

/// The protected spans of a piece of a line, and where they are in it.
struct PieceSpans: Sendable {
  /// A span in the piece.
  struct Place: Sendable {
    /// The index of the span in the line.
    let span: Int
    /// How it gets into the translation: one of a pair whose other is in another piece only marks a place.
    var role: ProtectedSpan.Role
    /// The number of visible characters before it that the model sees.
    let offset: Int
    /// What is next to it, markup left out; nil at the ends of the piece.
    let before, after: Unicode.Scalar?

    var isSpacedBefore: Bool { before?.properties.isWhitespace ?? false }
    var isSpacedAfter: Bool { after?.properties.isWhitespace ?? false }
  }

  let line: LineSpans
  /// The piece, with a character for each span.
  let text: [UInt8]
  /// Its spans in order.
  private(set) var places: [Place] = []
  /// Whether those that the model leaves out are inserted.
  let insertsMissing: Bool
  /// Whether it is translated again if some are missing: not if translations are drawn.
  let searchesAgain: Bool
  /// The piece with an `<unk>` for each span that the model copies.
  let copying: EncodedSentence
  /// Whether there is a letter or a digit outside of spans.
  private(set) var hasWords = false

  init(
    _ line: LineSpans, in text: [UInt8], insertsMissing: Bool, searchesAgain: Bool, copying: EncodedSentence
  ) {
    (self.line, self.text, self.insertsMissing, self.copying) = (line, text, insertsMissing, copying)
    self.searchesAgain = searchesAgain
    let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
    var (offset, last): (Int, Unicode.Scalar?) = (0, nil)
    for (position, scalar) in scalars.enumerated() {
      let index = line.index(of: scalar)
      let isMarkup = index.map { line.items[$0].isMarkup } ?? false
      if let index {
        let next = scalars[(position + 1)...].first { scalar in
          !(line.index(of: scalar).map { line.items[$0].isMarkup } ?? false)
        }
        places.append(
          Place(span: index, role: line.items[index].role, offset: offset, before: last, after: next))
      } else if SpanNeighbor.isWordCharacter(scalar) {
        hasWords = true
      }
      if isMarkup { continue }
      last = scalar
      if !scalar.properties.isWhitespace { offset += 1 }
    }
    dissolvePairs()
  }

  /// The spans that the model copies.
  var copiedPlaces: [Place] { places.filter { $0.role == .copied } }

  /// Whether the model copies any.
  var hasCopied: Bool { places.contains { $0.role == .copied } }
  /// Whether any is placed by alignment.
  var hasMarkup: Bool { places.contains { $0.role != .copied } }

  /// Makes marks of places out of tags without a partner in the piece.
  private mutating func dissolvePairs() {
    var open: [Int: Int] = [:]
    var isPaired = [Bool](repeating: false, count: places.count)
    for (index, place) in places.enumerated() {
      switch place.role {
      case .opening(let number): open[number] = index
      case .closing(let number):
        guard let first = open.removeValue(forKey: number) else { continue }
        (isPaired[first], isPaired[index]) = (true, true)
      case .copied, .standalone: isPaired[index] = true
      }
    }
    for index in places.indices where !isPaired[index] { places[index].role = .standalone }
  }
}

/// Characters as spans see them.
enum SpanNeighbor {
  /// Whether a character is a letter, a mark of one, or a digit.
  static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    return properties.isAlphabetic || properties.numericType != nil
      || properties.generalCategory == .nonspacingMark
  }

  /// Whether a character is a letter or a digit of a script with spaces between words.
  static func isSpacedWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x2E80 && isWordCharacter(scalar)
  }
}

import Text

/// Writes a translation with spans between its words, with white space as in the source.
struct SpanWriter {
  private let line: LineSpans
  private var output: [Unicode.Scalar] = []
  /// Whether white space is due before the next word.
  private var isSpaceDue = false

  init(_ line: LineSpans) { self.line = line }

  /// The text with spans.
  ///
  /// - Parameters:
  ///   - text: the translation.
  ///   - words: its words, as ranges of scalars; only white space is between them.
  ///   - events: the spans before each word, and after the last one.
  ///   - line: those of the line.
  /// - Returns: the text with a character for each span.
  static func text(
    _ text: [Unicode.Scalar], words: [Range<Int>], events: [[PieceSpans.Place]], _ line: LineSpans
  ) -> [Unicode.Scalar] {
    var writer = SpanWriter(line)
    var end = 0
    for (index, events) in events.enumerated() {
      let start = index < words.count ? words[index].lowerBound : text.count
      writer.write(events, around: text[end..<start], next: index < words.count ? text[start] : nil)
      guard index < words.count else { break }
      writer.output += text[words[index]]
      end = words[index].upperBound
    }
    return writer.output
  }

  private mutating func write(
    _ events: [PieceSpans.Place], around gap: ArraySlice<Unicode.Scalar>, next: Unicode.Scalar?
  ) {
    // Ends of pairs follow the word before, beginnings precede the next one.
    var split = (events.lastIndex { $0.isClosing }).map { $0 + 1 } ?? 0
    while split < events.count, events[split].role == .standalone, !events[split].isSpacedBefore,
      events[split].isSpacedAfter || events[split].after == nil, events[split].before != nil
    {
      split += 1
    }
    for event in events[..<split] { write(event) }
    let joins =
      events.count == 1 && split == 0 && events[0].role == .standalone && events[0].before != nil
      && events[0].after != nil && !events[0].isSpacedBefore && !events[0].isSpacedAfter
    if !joins, !gap.isEmpty {
      output += gap
      isSpaceDue = false
    }
    for event in events[split...] { write(event) }
    if let next, isSpaceDue, !next.properties.isWhitespace, let last = output.last,
      !last.properties.isWhitespace, !SpanNeighbor.joinsBefore(next)
    {
      output.append(" ")
    }
    isSpaceDue = false
  }

  private mutating func write(_ place: PieceSpans.Place) {
    if let last = output.last, !last.properties.isWhitespace, !place.isClosing {
      let isCopied = place.role == .copied
      let before = place.before.map(SpanNeighbor.isSpacedWordCharacter) ?? false
      let isGlued = isCopied && SpanNeighbor.isSpacedWordCharacter(last) && !before
      // A place that is marked after a space is not before one.
      if isSpaceDue || isGlued || isCopied && place.isSpacedBefore && !SpanNeighbor.joinsAfter(last)
        || place.role == .standalone && place.isSpacedBefore && SpanNeighbor.isSpacedWordCharacter(last)
      {
        output.append(" ")
      }
    }
    output.append(line.scalar(of: place.span))
    guard place.role == .copied || place.role == .standalone else { return }
    let after = place.after.map(SpanNeighbor.isSpacedWordCharacter) ?? false
    isSpaceDue = place.isSpacedAfter || place.role == .copied && !after && place.after == nil
  }
}

extension PieceSpans.Place {
  /// Whether it ends a pair.
  var isClosing: Bool {
    if case .closing = role { return true }
    return false
  }
}

extension SpanNeighbor {
  /// Whether a character has no space before it: a mark that ends something.
  static func joinsBefore(_ scalar: Unicode.Scalar) -> Bool {
    ",.;:!?)]}»”’…%。，、；：！？）】》".unicodeScalars.contains(scalar)
  }

  /// Whether a character has no space after it: a mark that opens something.
  static func joinsAfter(_ scalar: Unicode.Scalar) -> Bool {
    "([{«“‘¿¡（【《".unicodeScalars.contains(scalar)
  }
}

import Text

extension PieceSpans {
  /// A translation of the piece with all its spans, still as characters.
  ///
  /// - Parameters:
  ///   - translation: with the characters of those that the model copied.
  ///   - attempt: which search found it.
  ///   - align: finds out where the translation's words come from; called only if something must be placed.
  /// - Returns: the text, and what became of each span.
  func carried(
    into translation: [UInt8], attempt: Int, align: (_ text: [Unicode.Scalar]) -> SpanAlignment
  ) -> (text: [UInt8], results: [ProtectedResult]) {
    var scalars = Array(String(decoding: translation, as: UTF8.self).unicodeScalars)
    removeStrangers(&scalars)
    let found = Set(scalars.compactMap(line.index))
    adjustSpaces(&scalars)
    let wanted = places.filter { place in
      place.role != .copied || insertsMissing && !found.contains(place.span)
    }
    if !wanted.isEmpty {
      let alignment = align(scalars)
      let placement = SpanPlacement(wanted, alignment)
      scalars = SpanWriter.text(scalars, words: alignment.words, events: placement.events, line)
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return (Array(String(text).utf8), results(found, attempt))
  }

  /// The piece as its own translation, for a piece without words.
  var unchanged: (text: [UInt8], results: [ProtectedResult]) { (text, results(Set(places.map(\.span)), nil)) }

  private func results(_ found: Set<Int>, _ attempt: Int?) -> [ProtectedResult] {
    places.map { place in
      let item = line.items[place.span]
      return ProtectedResult(
        text: String(decoding: item.bytes, as: UTF8.self), kind: item.kind,
        state: place.role != .copied || found.contains(place.span)
          ? .found : insertsMissing ? .inserted : .missing,
        attempt: place.role == .copied ? attempt : nil)
    }
  }

  /// Removes what is twice, and spans of other pieces.
  private func removeStrangers(_ scalars: inout [Unicode.Scalar]) {
    var open = Set(places.filter { $0.role == .copied }.map(\.span))
    scalars.removeAll { scalar in line.index(of: scalar).map { open.remove($0) == nil } ?? false }
  }

  /// Makes the white space around copied spans like that of the source, as far as their neighbors are the same.
  private func adjustSpaces(_ scalars: inout [Unicode.Scalar]) {
    for place in places where place.role == .copied {
      guard let position = scalars.firstIndex(of: line.scalar(of: place.span)) else { continue }
      adjustSpaceAfter(position, place, &scalars)
      adjustSpaceBefore(position, place, &scalars)
    }
  }

  private func adjustSpaceAfter(_ position: Int, _ place: Place, _ scalars: inout [Unicode.Scalar]) {
    let next = scalars[(position + 1)...].firstIndex { !$0.properties.isWhitespace } ?? scalars.count
    guard next < scalars.count else { return }
    if place.after.map(\.properties.isWhitespace) ?? true {
      if next == position + 1, needsSpace(scalars[next]) { scalars.insert(" ", at: next) }
    } else if next > position + 1, place.after == scalars[next] {
      scalars.removeSubrange(position + 1..<next)
    }
  }

  private func adjustSpaceBefore(_ position: Int, _ place: Place, _ scalars: inout [Unicode.Scalar]) {
    guard let last = scalars[..<position].lastIndex(where: { !$0.properties.isWhitespace }) else { return }
    if place.before.map(\.properties.isWhitespace) ?? true {
      if last == position - 1, needsSpace(scalars[last]) { scalars.insert(" ", at: position) }
    } else if last < position - 1, place.before == scalars[last] {
      scalars.removeSubrange(last + 1..<position)
    }
  }

  /// Whether a space is missing between a span and a character: a letter, a digit, or another span.
  private func needsSpace(_ scalar: Unicode.Scalar) -> Bool {
    SpanNeighbor.isSpacedWordCharacter(scalar) || line.index(of: scalar) != nil
  }
}

/// Puts tags back into a translation, where a character stands for each.
struct TagTokens {
  /// A tag, or a placeholder, which is text for whoever writes it.
  struct Item {
    let tag: InlineTag
    let isPlaceholder: Bool
  }

  /// The character for the first one; the others follow it.
  let first: UInt32
  let items: [Item]

  /// - Parameters:
  ///   - translation: a translation with a character for each tag.
  ///   - source: what was translated.
  /// - Returns: pieces of text and tags; nil unless each tag is there once, in order.
  func restore(_ translation: String, source: String) -> [TaggedText.Piece]? {
    let scalars = Array(translation.unicodeScalars)
    guard scalars.compactMap(index) == Array(items.indices) else { return nil }
    let original = Array(source.unicodeScalars)
    var result = TaggedText()
    var (text, position) = (String.UnicodeScalarView(), 0)
    while position < scalars.count {
      guard let index = index(scalars[position]) else {
        text.append(scalars[position])
        position += 1
        continue
      }
      let place = original.firstIndex { self.index($0) == index } ?? 0
      adjust(&text, before: items[index], original[..<place])
      append(text, to: &result)
      text = String.UnicodeScalarView()
      append(items[index], to: &result)
      position += 1
      let next = scalars[position...].firstIndex { !$0.properties.isWhitespace } ?? scalars.count
      if let space = spaceAfter(
        items[index], original[(place + 1)...], scalars[position..<next], scalars[next...].first)
      {
        text.append(contentsOf: space)
        position = next
      }
    }
    append(text, to: &result)
    let enclosed = original.split(omittingEmptySubsequences: false) { self.index($0) != nil }.map(Array.init)
    let kinds = items.map(\.tag.kind)
    let parts = scalars.split(omittingEmptySubsequences: false) { self.index($0) != nil }.map(Array.init)
    for index in kinds.indices.dropLast() where kinds[index] == .opening && kinds[index + 1] == .closing {
      if enclosed[index + 1].contains(where: \.properties.isAlphabetic),
        !parts[index + 1].contains(where: \.properties.isAlphabetic)
      {
        return nil
      }
    }
    return result.pieces
  }

  /// The number of pairs of an opening and a closing tag with letters, and nothing else, between them.
  static func enclosedTexts(_ pieces: [TaggedText.Piece]) -> Int {
    zip(pieces, zip(pieces.dropFirst(), pieces.dropFirst(2))).count { first, rest in
      guard case .tag(let start) = first, case .text(let text) = rest.0, case .tag(let end) = rest.1 else {
        return false
      }
      return start.kind == .opening && end.kind == .closing && text.contains(where: \.isLetter)
    }
  }

  private func index(_ scalar: Unicode.Scalar) -> Int? {
    guard scalar.value >= first, scalar.value - first < UInt32(items.count) else { return nil }
    return Int(scalar.value - first)
  }

  private func append(_ text: String.UnicodeScalarView, to result: inout TaggedText) {
    result.append(String(text))
  }

  private func append(_ item: Item, to result: inout TaggedText) {
    if item.isPlaceholder { result.append(item.tag.code) } else { result.append(item.tag) }
  }

  /// Makes the white space before a tag like that of the source.
  private func adjust(
    _ text: inout String.UnicodeScalarView, before item: Item, _ source: ArraySlice<Unicode.Scalar>
  ) {
    guard let neighbor = source.last else { return }
    let end = text.lastIndex { !$0.properties.isWhitespace }.map { text.index(after: $0) } ?? text.startIndex
    guard end > text.startIndex else { return }
    let last = text[text.index(before: end)]
    if neighbor.properties.isWhitespace {
      if end == text.endIndex, item.tag.kind != .closing, isSpaced(last) { text.append(" ") }
    } else if item.tag.kind == .closing || item.tag.kind == .standalone && last == neighbor {
      text.removeSubrange(end...)
    }
  }

  /// The white space after a tag; nil for that which is there.
  private func spaceAfter(
    _ item: Item, _ source: ArraySlice<Unicode.Scalar>, _ space: ArraySlice<Unicode.Scalar>,
    _ next: Unicode.Scalar?
  ) -> [Unicode.Scalar]? {
    guard let neighbor = source.first, let next, index(next) == nil else { return nil }
    if neighbor.properties.isWhitespace {
      return space.isEmpty && item.tag.kind != .opening && isSpaced(next) ? [" "] : nil
    }
    return item.tag.kind == .opening || item.tag.kind == .standalone && next == neighbor ? [] : nil
  }

  /// Whether a character is a letter or digit of a script with spaces between words.
  private func isSpaced(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x2e80 && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
  }
}

/// The lines of a text, without the white space around each.
struct TextLines {
  private let parts: [(before: String, line: String, after: String)]

  init(_ text: String) {
    parts = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let start = line.firstIndex(where: { !$0.isWhitespace }),
        let last = line.lastIndex(where: { !$0.isWhitespace })
      else { return (String(line), "", "") }
      let end = line.index(after: last)
      return (String(line[..<start]), String(line[start..<end]), String(line[end...]))
    }
  }

  /// The lines that are not blank.
  var lines: [String] { parts.map(\.line).filter { !$0.isEmpty } }

  /// The text with other lines in their places.
  func text(_ lines: [String]) -> String {
    var rest = lines[...]
    return parts.map { part in
      part.before + (part.line.isEmpty ? "" : rest.popFirst()?.trimmed ?? "") + part.after
    }.joined(separator: "\n")
  }
}

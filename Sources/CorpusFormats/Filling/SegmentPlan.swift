/// How to translate a segment so that its tags and placeholders all come back, in their order.
///
/// A model knows nothing of tags. First the whole segment is translated, with a character of the private use area in
/// place of each tag; models copy characters that they never saw. If any is lost, doubled or out of order, the
/// stretches of text between the tags are translated one by one instead, which cannot lose any. Placeholders such as
/// `%s` are first left in the text as they are, since a model may know them.
struct SegmentPlan {
  enum Attempt: CaseIterable { case plain, tokens, stretches }

  private enum Part {
    case text(String)
    case tag(InlineTag, isPlaceholder: Bool)
  }

  private static let firstToken: UInt32 = 0xe000
  private static let mostTokens = 200

  /// The segment.
  let source: TaggedText
  private let leading, trailing: [TaggedText.Piece]
  private let parts: [Part]

  init(_ text: TaggedText) {
    source = text
    var pieces = text.pieces[...]
    leading = Self.peel(&pieces, \.first) { $0.popFirst() }
    trailing = Self.peel(&pieces, \.last) { $0.popLast() }.reversed()
    parts = pieces.flatMap { piece -> [Part] in
      switch piece {
      case .tag(let tag): [.tag(tag, isPlaceholder: false)]
      case .text(let text):
        Placeholders.split(text).map { part in
          part.isPlaceholder
            ? .tag(Placeholders.tag(part.text), isPlaceholder: true) : .text(part.text)
        }
      }
    }
  }

  /// Takes tags and white space off an end.
  private static func peel(
    _ pieces: inout ArraySlice<TaggedText.Piece>, _ end: (ArraySlice<TaggedText.Piece>) -> TaggedText.Piece?,
    _ pop: (inout ArraySlice<TaggedText.Piece>) -> TaggedText.Piece?
  ) -> [TaggedText.Piece] {
    var peeled: [TaggedText.Piece] = []
    while let piece = end(pieces) {
      if case .text(let text) = piece, text.contains(where: { !$0.isWhitespace }) { break }
      _ = pop(&pieces)
      peeled.append(piece)
    }
    return peeled
  }

  /// Whether there is something to translate; a text without letters stays as it is.
  var hasWords: Bool {
    parts.contains { part in
      guard case .text(let text) = part else { return false }
      return text.contains(where: \.isLetter)
    }
  }

  private var tags: [TagTokens.Item] {
    parts.compactMap { part in
      guard case .tag(let tag, let isPlaceholder) = part else { return nil }
      return TagTokens.Item(tag: tag, isPlaceholder: isPlaceholder)
    }
  }

  /// The attempts that can work, in the order in which to try them.
  var attempts: [Attempt] {
    let hasTags = parts.contains { part in
      guard case .tag(_, false) = part else { return false }
      return true
    }
    let hasPrivate = parts.contains { part in
      guard case .text(let text) = part else { return false }
      return text.unicodeScalars.contains { 0xe000...0xf8ff ~= $0.value }
    }
    return (hasTags ? [] : [.plain])
      + (tags.isEmpty || hasPrivate || tags.count > Self.mostTokens ? [] : [.tokens])
      + (tags.isEmpty ? [] : [.stretches])
  }

  /// The texts to translate in an attempt, one line each.
  func lines(_ attempt: Attempt) -> [String] {
    texts(attempt).flatMap { TextLines($0).lines }
  }

  private func texts(_ attempt: Attempt) -> [String] {
    if attempt == .stretches {
      return parts.compactMap { part in
        guard case .text(let text) = part, text.contains(where: \.isLetter) else { return nil }
        return text
      }
    }
    var (text, token) = ("", Self.firstToken)
    for part in parts {
      switch part {
      case .text(let words): text += words
      case .tag(let tag, _):
        if attempt == .plain {
          text += tag.code
        } else {
          text += Unicode.Scalar(token).map { String(Character($0)) } ?? ""
        }
        token += 1
      }
    }
    return [text]
  }

  /// The translation of the segment.
  ///
  /// - Parameters:
  ///   - attempt: what was translated.
  ///   - translations: one for each of ``lines(_:)``.
  /// - Returns: nil if something is missing in it.
  func result(_ attempt: Attempt, _ translations: [String]) -> TaggedText? {
    var rest = translations[...]
    var results: [String] = []
    for text in texts(attempt) {
      let lines = TextLines(text)
      guard rest.count >= lines.lines.count else { return nil }
      let part = Array(rest.prefix(lines.lines.count))
      guard part.allSatisfy({ !$0.trimmed.isEmpty }) else { return nil }
      results.append(lines.text(part))
      rest = rest.dropFirst(lines.lines.count)
    }
    var result = TaggedText()
    append(leading, to: &result)
    switch attempt {
    case .plain:
      let text = results.first ?? ""
      guard Placeholders.sorted(text) == Placeholders.sorted(texts(.plain).joined()),
        TagTokens.enclosedTexts(pieces(text)) >= TagTokens.enclosedTexts(pieces(texts(.plain).joined()))
      else { return nil }
      result.append(text)
    case .tokens:
      let tokens = TagTokens(first: Self.firstToken, items: tags)
      guard let body = tokens.restore(results.first ?? "", source: texts(.tokens).joined()) else {
        return nil
      }
      append(body, to: &result)
    case .stretches:
      var index = 0
      for part in parts {
        switch part {
        case .tag(let tag, let isPlaceholder):
          if isPlaceholder { result.append(tag.code) } else { result.append(tag) }
        case .text(let text) where text.contains(where: \.isLetter):
          guard index < results.count else { return nil }
          result.append(results[index])
          index += 1
        case .text(let text): result.append(text)
        }
      }
    }
    append(trailing, to: &result)
    return result
  }

  /// A text with its placeholders as tags.
  private func pieces(_ text: String) -> [TaggedText.Piece] {
    Placeholders.split(text).map { $0.isPlaceholder ? .tag(Placeholders.tag($0.text)) : .text($0.text) }
  }

  private func append(_ pieces: [TaggedText.Piece], to text: inout TaggedText) {
    for piece in pieces {
      switch piece {
      case .text(let words): text.append(words)
      case .tag(let tag): text.append(tag)
      }
    }
  }
}

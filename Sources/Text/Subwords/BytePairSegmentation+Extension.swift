import Tokens

extension BytePairSegmentation {
  /// The segmentations with more tokens at the end.
  ///
  /// A character gets a token within words and one at their ends. For a word, merges are added after all others, so that
  /// they change nothing that has been merged before; what they make of other words is split again, since it is not in
  /// the vocabulary.
  public static func extended(
    _ source: Self, _ target: Self, by addition: VocabularyExtension, settings: TextPipelineSettings
  ) throws(VocabularyError) -> (source: Self, target: Self) {
    func part(_ segmentation: Self, _ side: TextPipeline.Side) throws(VocabularyError) -> BytePairPart {
      let tags = settings.tags(side)
      var parts = VocabularyParts(segmentation)
      parts.insert(tags + settings.marks.names)
      let split = makeWordSplitter(settings, side)
      for text in addition.text(side, isShared: settings.joint) {
        if characterEnd(in: text.span, from: 0) == text.count {
          parts.insert(charactersOf: text)
          continue
        }
        for word in split(text).split(separator: UInt8(ascii: " ")) {
          try parts.insert(word: Array(word), reserved: tags + settings.marks.names)
        }
      }
      return (
        parts.encoding,
        Vocabulary(parts.tokens, specialTokens: .standard, tags: tags, marks: settings.marks)
      )
    }
    guard settings.joint else { return pair(try part(source, .source), try part(target, .target), settings) }
    let shared = try part(source, .source)
    return pair(shared, shared, settings)
  }

  /// The characters of an unknown word that no token spells.
  public func unknownParts(of unknown: UnknownText) -> [[UInt8]] {
    let bytes = unknown.bytes.span
    var parts: [[UInt8]] = []
    var start = 0
    while start < bytes.count {
      let end = characterEnd(in: bytes, from: start)
      let character = Array(unknown.bytes[start..<end])
      let inner = character + BytePairEncoding.continuation
      if vocabulary.textID(character.span) == nil || vocabulary.textID(inner.span) == nil {
        parts.append(character)
      }
      start = end
    }
    return parts
  }
}

/// Tokens and merges to which others are added.
private struct VocabularyParts {
  private(set) var encoding: BytePairEncoding
  private(set) var tokens = ByteStringTable()
  private var segmenter = WordSegmenter()

  init(_ segmentation: BytePairSegmentation<some WordTokenizer>) {
    encoding = segmentation.encoding
    for id in 0..<TokenID(segmentation.vocabulary.count) {
      _ = tokens.insert(segmentation.vocabulary[id].span)
    }
  }

  mutating func insert(_ names: [String]) {
    for name in names { _ = tokens.insert(Array(name.utf8).span) }
  }

  /// Each character within words and at their ends.
  mutating func insert(charactersOf text: [UInt8]) {
    let bytes = text.span
    var start = 0
    while start < bytes.count {
      let end = characterEnd(in: bytes, from: start)
      let character = Array(text[start..<end])
      _ = tokens.insert((character + BytePairEncoding.continuation).span)
      _ = tokens.insert(character.span)
      start = end
    }
  }

  /// A word as one token.
  ///
  /// - Throws: ``VocabularyError/badToken(_:)`` if it looks like a token with another meaning.
  mutating func insert(word: [UInt8], reserved: [String]) throws(VocabularyError) {
    let text = String(decoding: word, as: UTF8.self)
    if hasContinuation(word[...]) || (SpecialTokens.standardNames + reserved).contains(text) {
      throw .badToken("'\(text)' cannot be a token of text: it looks like one with another meaning")
    }
    insert(charactersOf: word)
    while true {
      segmenter.segment(word.span, by: encoding)
      guard segmenter.ends.count > 1 else { break }
      let (first, second) = (segmenter.ends[0], segmenter.ends[1])
      var right = Array(word[first..<second])
      if second == word.count { right += BytePairEncoding.endOfWord }
      encoding.append(left: word.span.extracting(0..<first), right: right.span)
    }
    _ = tokens.insert(word.span)
  }
}

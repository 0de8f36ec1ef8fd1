import Decoding
import Text
import Tokens

/// Finds the protected spans of lines, and encodes text in which characters stand for them.
struct SpanPreparation: Sendable {
  private let pipeline: TextPipeline
  private let protection: Protection
  private let finder: SpanFinder?

  init(_ protection: Protection, _ pipeline: TextPipeline) {
    (self.pipeline, self.protection) = (pipeline, protection)
    finder = protection.makeFinder()
  }

  /// Replaces the spans of a line's text by characters.
  ///
  /// - Parameters:
  ///   - text: the line without its tag and without the white space at its ends.
  ///   - start: where it begins in the line.
  ///   - source: the line, with what it asks for.
  /// - Returns: nil if there are none, and the text is unchanged.
  func replaceSpans(of text: inout [UInt8], from start: Int, of source: SourceLine) -> LineSpans? {
    // A given translation is scored as it is.
    guard source.translation == nil, source.nBest.isEmpty, source.alternativesAt == nil, source.isProtected
    else { return nil }
    var spans = found(in: text, source.protectedPatterns)
    if !source.spans.isEmpty {
      let given = source.spans.compactMap { span in
        var span = span
        span.range = span.range.lowerBound - start..<span.range.upperBound - start
        return span.range.lowerBound >= 0 && span.range.upperBound <= text.count ? span : nil
      }
      spans.removeAll { span in given.contains { $0.range.overlaps(span.range) } }
      spans = (spans + given).sorted { $0.range.lowerBound < $1.range.lowerBound }
    }
    if spans.isEmpty { return nil }
    if let prefix = source.prefix, !prefix.isEmpty {
      // What the translation begins with already is not wanted once more.
      spans.removeAll { Self.isBegun(text[$0.range], in: prefix) }
    }
    return LineSpans(spans, in: &text, for: pipeline.settings.preprocessing)
  }

  private func found(in text: [UInt8], _ patterns: [String]) -> [ProtectedSpan] {
    if patterns.isEmpty { return finder?.spans(in: text) ?? [] }
    var own = protection
    own.patterns += patterns
    return own.makeFinder()?.spans(in: text) ?? []
  }

  /// Whether a text has a span, or ends within it.
  private static func isBegun(_ span: ArraySlice<UInt8>, in prefix: String) -> Bool {
    let text = String(decoding: span, as: UTF8.self)
    if prefix.contains(text) { return true }
    return (4..<max(5, text.count)).contains { prefix.hasSuffix(text.prefix($0)) }
  }

  /// The sentences of a text with characters for spans: markup does not change where they end, and goes with the sentence
  /// that it is next to.
  func sentences(of text: [UInt8], _ spans: LineSpans, _ splitter: SentenceSplitter) -> [Range<Int>] {
    guard spans.items.contains(where: \.isMarkup) else { return splitter.sentences(of: text) }
    var (plain, places): ([UInt8], [Int]) = ([], [])
    var offset = 0
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      let bytes = Array(String(Character(scalar)).utf8)
      if spans.index(of: scalar).map({ !spans.items[$0].isMarkup }) ?? true {
        places += (0..<bytes.count).map { offset + $0 }
        plain += bytes
      } else if let last = plain.last, last != 0x20, let index = spans.index(of: scalar),
        spans.items[index].role == .standalone
      {
        // A sentence may end at a line break.
        plain.append(0x20)
        places.append(offset)
      }
      offset += bytes.count
    }
    let sentences = splitter.sentences(of: plain)
    guard sentences.count > 1 else { return [0..<text.count] }
    var (result, start): ([Range<Int>], Int) = ([], 0)
    for (index, sentence) in sentences.enumerated() {
      guard index + 1 < sentences.count else {
        result.append(start..<text.count)
        break
      }
      var end = places[sentence.upperBound - 1] + 1
      let next = places[sentences[index + 1].lowerBound]
      // Tags that end something, and what stands between the last character and white space.
      var rest = String(decoding: text[end..<next], as: UTF8.self).unicodeScalars[...]
      while let scalar = rest.first, let item = spans.index(of: scalar).map({ spans.items[$0] }),
        item.endsSomething
      {
        end += String(Character(scalar)).utf8.count
        rest = rest.dropFirst()
      }
      result.append(start..<end)
      start = end
      while start < next, text[start] <= 0x20 { start += 1 }
    }
    return result
  }

  /// The ids of a text in which characters stand for spans: markup is left out.
  ///
  /// - Parameters:
  ///   - text: a piece of a line.
  ///   - spans: those of the line.
  ///   - copying: whether an `<unk>` stands for each other span; otherwise it is there as it is.
  /// - Returns: the sentence, never empty.
  func encode(_ text: [UInt8], _ spans: LineSpans, copying: Bool) -> EncodedSentence {
    var plain = spans.withoutMarkup(text)
    if !copying { plain = spans.restored(in: plain) }
    let unknown = pipeline.specialTokens.unknown
    // Not dropped, although there is nothing to translate.
    if plain.allSatisfy({ $0 <= 0x20 }) {
      return EncodedSentence(ids: [unknown], unknowns: [UnknownText(bytes: text, continuesWord: false)])
    }
    var sentence = pipeline.encode(text: plain, side: .source)
    let scalars = String(decoding: plain, as: UTF8.self).unicodeScalars.filter { spans.index(of: $0) != nil }
    guard !scalars.isEmpty else { return sentence }
    let known = Set(
      sentence.unknowns.flatMap { String(decoding: $0.bytes, as: UTF8.self).unicodeScalars.map(\.value) })
    for scalar in scalars where !known.contains(scalar.value) { spell(scalar, unknown, in: &sentence) }
    return sentence
  }

  /// Makes an `<unk>` of the tokens of a character's bytes, in vocabularies that can spell everything.
  private func spell(_ scalar: Unicode.Scalar, _ unknown: TokenID, in sentence: inout EncodedSentence) {
    let bytes = Array(String(Character(scalar)).utf8)
    let spelling = pipeline.encode(text: bytes, side: .source).ids.suffix(bytes.count)
    guard spelling.count == bytes.count, !spelling.contains(unknown), sentence.ids.count >= spelling.count
    else {
      return
    }
    let place = (0...sentence.ids.count - spelling.count).first { start in
      sentence.ids[start..<start + spelling.count].elementsEqual(spelling)
    }
    guard let place else { return }
    let before = sentence.ids[..<place].count { $0 == unknown }
    sentence.ids.replaceSubrange(place..<place + spelling.count, with: [unknown])
    sentence.unknowns.insert(UnknownText(bytes: bytes, continuesWord: true), at: before)
  }
}

extension LineSpans.Item {
  /// Whether it goes with what is before it.
  fileprivate var endsSomething: Bool {
    if case .closing = role { return true }
    return role == .standalone && TagName(bytes[...]).isClosing
  }
}

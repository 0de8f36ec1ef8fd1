import Tokens

/// Span tokens in sentences. Segmentations do not know them: for these, each is an `<unk>` with its text.
extension TextPipeline {
  /// Puts span tokens in place of characters that the vocabulary does not have.
  ///
  /// - Parameters:
  ///   - sentence: an encoded text.
  ///   - characters: the characters as UTF-8, not more than there are span tokens, each once in the text.
  ///   - side: the side to whose vocabulary the ids belong.
  /// - Returns: the sentence with the first span token in place of the first character, and so on, and what stood there as
  ///   the text of each; nil if a character is not a token, or a part of an `<unk>`, of its own.
  public func withSpanTokens(_ sentence: EncodedSentence, for characters: [[UInt8]], side: Side)
    -> EncodedSentence?
  {
    let vocabulary = vocabulary(side)
    guard characters.count <= vocabulary.spanIDs.count else { return nil }
    var (result, texts, copied) = (EncodedSentence(), [Int: UnknownText](), 0)
    let sentence = withoutSpelledCharacters(sentence, characters, side)
    for id in sentence.ids {
      guard id == vocabulary.specialTokens.unknown, copied < sentence.unknowns.count else {
        result.ids.append(id)
        continue
      }
      let unknown = sentence.unknowns[copied]
      copied += 1
      let parts = Self.parts(of: unknown, characters)
      guard !parts.isEmpty else {
        result.ids.append(id)
        result.unknowns.append(unknown)
        continue
      }
      for part in parts {
        var text = part.text
        // A space before it belongs to the token.
        if let last = result.ids.last, vocabulary.isText(last),
          segmentation(side).text(ofWord: [last]) == [UInt8(ascii: " ")]
        {
          result.ids.removeLast()
          text.bytes.insert(UInt8(ascii: " "), at: 0)
        }
        result.ids.append(vocabulary.spanIDs[part.number])
        texts[part.number] = text
      }
    }
    result.spans = characters.indices.compactMap { texts[$0] }
    return result.spans.count == characters.count ? result : nil
  }

  /// The parts of an unknown text that each have one of the characters.
  private static func parts(of unknown: UnknownText, _ characters: [[UInt8]]) -> [(
    number: Int, text: UnknownText
  )] {
    var parts: [(number: Int, text: UnknownText)] = []
    var (start, position) = (0, 0)
    let bytes = unknown.bytes
    while position < bytes.count {
      let found = characters.firstIndex { bytes[position...].starts(with: $0) }
      if let found {
        if !parts.isEmpty {
          let text = UnknownText(bytes: Array(bytes[start..<position]), continuesWord: true)
          parts[parts.count - 1].text = text
          start = position
        }
        parts.append((found, unknown))
      }
      position += found.map { characters[$0].count } ?? 1
    }
    if !parts.isEmpty { parts[parts.count - 1].text.bytes = Array(bytes[start...]) }
    return parts
  }

  /// A sentence with an `<unk>` for each of some characters that it spells with several tokens, such as those of bytes.
  private func withoutSpelledCharacters(
    _ sentence: EncodedSentence, _ characters: [[UInt8]], _ side: Side
  ) -> EncodedSentence {
    let unknown = vocabulary(side).specialTokens.unknown
    var sentence = sentence
    for character in characters {
      var spelling = encode(text: character, side: side).ids[...]
      if let first = spelling.first, spelling.count > 1,
        segmentation(side).text(ofWord: [first]) == [UInt8(ascii: " ")]
      {
        spelling.removeFirst()
      }
      guard !spelling.isEmpty, !spelling.contains(unknown), let place = sentence.ids.firstRange(of: spelling)
      else { continue }
      let before = sentence.ids[..<place.lowerBound].count { $0 == unknown }
      sentence.ids.replaceSubrange(place, with: [unknown])
      sentence.unknowns.insert(UnknownText(bytes: character, continuesWord: true), at: before)
    }
    return sentence
  }

  /// A sentence with an `<unk>` in place of each span token, and its text if there is one.
  func withoutSpanTokens(_ sentence: EncodedSentence, side: Side) -> EncodedSentence {
    let vocabulary = vocabulary(side)
    guard !vocabulary.spanIDs.isEmpty, sentence.ids.contains(where: vocabulary.isSpan) else {
      return sentence
    }
    var (result, unknowns) = (EncodedSentence(), sentence.unknowns[...])
    for id in sentence.ids {
      let span = vocabulary.spanIndex(of: id)
      result.ids.append(span == nil ? id : vocabulary.specialTokens.unknown)
      if let span {
        let text = span < sentence.spans.count ? sentence.spans[span] : nil
        // A space begins a word where spaces are parts of tokens.
        result.unknowns.append(text ?? UnknownText(bytes: [UInt8(ascii: " ")], continuesWord: false))
      } else if id == vocabulary.specialTokens.unknown {
        result.unknowns.append(unknowns.popFirst() ?? UnknownText(bytes: [], continuesWord: false))
      }
    }
    return result
  }
}

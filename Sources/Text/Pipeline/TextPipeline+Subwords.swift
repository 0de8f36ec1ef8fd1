import Tokens

extension TextPipeline {
  /// The line that has these subwords: the reverse of ``subwords(of:side:)``.
  ///
  /// - Parameters:
  ///   - subwords: a line's tag and subwords in readable form, separated by spaces; text that is not in the vocabulary is
  ///     kept.
  ///   - side: the side to whose vocabulary they belong.
  /// - Returns: the line as the model sees it, that is, normalized.
  public func line(ofSubwords subwords: [UInt8], side: Side) -> [UInt8] {
    let vocabulary = vocabulary(side)
    let (tag, text) = side == .source ? vocabulary.cutTag(off: subwords) : (tag: nil, text: subwords[...])
    var sentence = EncodedSentence()
    for token in text.split(separator: UInt8(ascii: " ")) {
      if let id = vocabulary.textID(token.span) {
        sentence.ids.append(id)
        continue
      }
      let continuesWord = hasContinuation(token)
      let bytes = continuesWord ? token.dropLast(BytePairEncoding.continuation.count) : token
      sentence.ids.append(vocabulary.specialTokens.unknown)
      sentence.unknowns.append(UnknownText(bytes: Array(bytes), continuesWord: continuesWord))
    }
    let line = segmentation(side).text(of: sentence)
    guard let tag else { return line }
    return Array(vocabulary[tag]) + (line.isEmpty ? [] : [UInt8(ascii: " ")] + line)
  }
}

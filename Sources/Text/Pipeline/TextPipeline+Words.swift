import Tokens

extension TextPipeline {
  /// The words of a line, separated by single spaces, for word aligners.
  ///
  /// - Parameters:
  ///   - line: text as UTF-8, without a line end and without a tag.
  ///   - side: the side of the text.
  /// - Returns: UTF-8; empty for a line without words.
  public func words(of line: [UInt8], side: Side) -> [UInt8] {
    segmentation(side).words(of: settings.preprocessing.prepared(line))
  }

  /// A splitter of a side's lines into sentences.
  public func makeSentenceSplitter(_ side: Side) -> SentenceSplitter {
    SentenceSplitter(language: settings.language(side), isTokenized: settings.isTokenized)
  }

  /// The number of ids of each word in a sentence, in order; a tag counts as a word.
  ///
  /// Words are those of ``words(of:side:)``, which `build-vocab --print-source-words` prints.
  ///
  /// - Parameters:
  ///   - sentence: ids with their unknown texts; if these are missing, each `<unk>` ends a word.
  ///   - side: the side to whose vocabulary the ids belong.
  /// - Returns: counts that add up to the number of ids.
  public func wordLengths(_ sentence: EncodedSentence, side: Side) -> [UInt16] {
    if let flags = annotationFlags(sentence.ids, side: side) {
      return lengths(
        wordLengths(withoutAnnotations(sentence, side: side), side: side), of: sentence.ids, flags)
    }
    let (tags, text) = cutTag(off: withoutSpanTokens(sentence, side: side), side: side)
    return tags.map { _ in 1 } + segmentation(side).wordLengths(text)
  }

  /// The text of each word in a sentence, in order, as ``decode(_:unknowns:)`` writes it; a tag counts as a word.
  ///
  /// - Parameters:
  ///   - sentence: ids with their unknown texts.
  ///   - side: the side to whose vocabulary the ids belong.
  /// - Returns: as many as ``wordLengths(_:side:)``.
  public func wordTexts(_ sentence: EncodedSentence, side: Side) -> [String] {
    let sentence = withoutSpanTokens(withoutAnnotations(sentence, side: side), side: side)
    let unknown = vocabulary(side).specialTokens.unknown
    var (ids, unknowns) = (sentence.ids[...], sentence.unknowns[...])
    return wordLengths(sentence, side: side).map { length in
      let word = Array(ids.prefix(Int(length)))
      ids = ids.dropFirst(Int(length))
      let own = unknowns.prefix(word.count { $0 == unknown })
      unknowns = unknowns.dropFirst(own.count)
      return String(
        decoding: WhiteSpace.trimmed(decode(word, unknowns: Array(own), side: side)[...]), as: UTF8.self)
    }
  }

  /// Whether any word of a sentence takes more than one id.
  public func splitsWord(_ sentence: EncodedSentence, side: Side) -> Bool {
    wordLengths(sentence, side: side).contains { $0 > 1 }
  }

  /// What the segmentation of a side has learned, apart from its vocabulary.
  public func learned(_ side: Side) -> [LearnedCount] { segmentation(side).learned(settings) }

  /// The tag before a sentence, if it has one, and the rest.
  func cutTag(off sentence: EncodedSentence, side: Side) -> (tags: ArraySlice<TokenID>, text: EncodedSentence)
  {
    guard let first = sentence.ids.first, vocabulary(side).isTag(first) else { return ([], sentence) }
    return (
      sentence.ids[..<1],
      EncodedSentence(
        ids: Array(sentence.ids[1...]), unknowns: sentence.unknowns, spans: sentence.spans)
    )
  }
}

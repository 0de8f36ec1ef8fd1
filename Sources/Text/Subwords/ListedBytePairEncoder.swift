import Tokens

/// Splits words like subword-nmt and looks their subwords up in a list; caches words.
public struct ListedBytePairEncoder: SegmentationEncoder {
  private let encoding: BytePairEncoding
  private let vocabulary: Vocabulary
  private var segmenter = WordSegmenter()
  /// The ids of words whose subwords are all listed.
  private var cache = WordCache<TokenID>()

  init(_ encoding: BytePairEncoding, _ vocabulary: Vocabulary) {
    (self.encoding, self.vocabulary) = (encoding, vocabulary)
  }

  /// The ids of text; a subword that is not listed becomes an `<unk>`.
  public mutating func encode(_ text: [UInt8]) -> EncodedSentence {
    var sentence = EncodedSentence()
    let span = text.span
    var words = WordRanges(of: span)
    while let range = words.next(in: span) {
      let word = span.extracting(range)
      if cache.append(word, to: &sentence.ids) { continue }
      let (start, unknowns) = (sentence.ids.count, sentence.unknowns.count)
      segmenter.segment(word, by: encoding)
      append(word, to: &sentence)
      if sentence.unknowns.count == unknowns { cache.insert(word, sentence.ids[start...]) }
    }
    return sentence
  }

  /// The ids of text with BPE-dropout.
  public mutating func encode(
    _ text: [UInt8], dropout: Double, using generator: inout some RandomNumberGenerator
  ) -> EncodedSentence {
    guard dropout > 0 else { return encode(text) }
    var sentence = EncodedSentence()
    let span = text.span
    var words = WordRanges(of: span)
    while let range = words.next(in: span) {
      let word = span.extracting(range)
      segmenter.segment(word, by: encoding, dropout: dropout, using: &generator)
      append(word, to: &sentence)
    }
    return sentence
  }

  /// The subwords of a text, with `@@` after each that does not end its word.
  public mutating func subwords(of text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    let span = text.span
    var words = WordRanges(of: span)
    while let range = words.next(in: span) {
      let word = span.extracting(range)
      segmenter.segment(word, by: encoding)
      forEachSubword(of: word) { subword, _, _ in
        if !output.isEmpty { output.append(UInt8(ascii: " ")) }
        output += subword
      }
    }
    return output
  }

  /// Appends the word that was split last.
  private func append(_ word: Span<UInt8>, to sentence: inout EncodedSentence) {
    forEachSubword(of: word) { subword, text, continuesWord in
      let id = vocabulary.textID(subword.span)
      sentence.ids.append(id ?? vocabulary.specialTokens.unknown)
      if id == nil {
        sentence.unknowns.append(UnknownText(bytes: text, continuesWord: continuesWord))
      }
    }
  }

  /// Visits the subwords of the word that was split last: as tokens, and as text.
  private func forEachSubword(
    of word: Span<UInt8>, _ visit: (_ subword: [UInt8], _ text: [UInt8], _ continuesWord: Bool) -> Void
  ) {
    var start = 0
    for end in segmenter.ends {
      var text: [UInt8] = []
      text.append(word.extracting(start..<end))
      let continuesWord = end < word.count
      visit(continuesWord ? text + BytePairEncoding.continuation : text, text, continuesWord)
      start = end
    }
  }
}

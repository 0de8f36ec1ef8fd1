import Tokens

/// Turns text into the tokens of a vocabulary with byte pair encoding, and caches words.
public struct BytePairVocabularyEncoder: SegmentationEncoder {
  private let split: WordSplitter
  private var speller: VocabularySpeller
  /// The ids of words that the vocabulary can spell.
  private var cache = WordCache<TokenID>()

  init(split: @escaping WordSplitter, speller: VocabularySpeller) {
    (self.split, self.speller) = (split, speller)
  }

  /// The ids of plain text; words that were encoded before come from the cache.
  public mutating func encode(_ text: [UInt8]) -> EncodedSentence {
    var sentence = EncodedSentence()
    let line = split(text)
    let span = line.span
    var words = WordRanges(of: span)
    while let range = words.next(in: span) {
      let word = span.extracting(range)
      if cache.append(word, to: &sentence.ids) { continue }
      let (start, unknowns) = (sentence.ids.count, sentence.unknowns.count)
      speller.spell(word)
      append(word, to: &sentence)
      if sentence.unknowns.count == unknowns { cache.insert(word, sentence.ids[start...]) }
    }
    return sentence
  }

  /// The ids of plain text with BPE-dropout; see ``BytePairEncoding/encode(_:dropout:using:)``.
  public mutating func encode(
    _ text: [UInt8], dropout: Double, using generator: inout some RandomNumberGenerator
  ) -> EncodedSentence {
    guard dropout > 0 else { return encode(text) }
    var sentence = EncodedSentence()
    let line = split(text)
    let span = line.span
    var words = WordRanges(of: span)
    while let range = words.next(in: span) {
      let word = span.extracting(range)
      speller.spell(word, dropout: dropout, using: &generator)
      append(word, to: &sentence)
    }
    return sentence
  }

  /// The subwords of a text, with `@@` after each that does not end its word.
  public mutating func subwords(of text: [UInt8]) -> [UInt8] {
    let line = split(text)
    let span = line.span
    var words = WordRanges(of: span)
    var output: [UInt8] = []
    while let range = words.next(in: span) {
      let word = span.extracting(range)
      speller.spell(word)
      if speller.pieces.contains(where: { $0.id == speller.vocabulary.specialTokens.unknown }) {
        if !output.isEmpty { output.append(UInt8(ascii: " ")) }
        output.append(word)
        continue
      }
      var start = 0
      for piece in speller.pieces {
        if !output.isEmpty { output.append(UInt8(ascii: " ")) }
        output.append(word.extracting(start..<piece.end))
        if piece.end < word.count { output += BytePairEncoding.continuation }
        start = piece.end
      }
    }
    return output
  }

  /// Appends the word that was spelled last.
  ///
  /// A word with any character that the vocabulary does not have becomes one `<unk>`: a translation needs the whole name
  /// `Gdańsk`, and not `ń` alone between pieces that the model translates.
  private func append(_ word: Span<UInt8>, to sentence: inout EncodedSentence) {
    let unknown = speller.vocabulary.specialTokens.unknown
    guard speller.pieces.contains(where: { $0.id == unknown }) else {
      for piece in speller.pieces { sentence.ids.append(piece.id) }
      return
    }
    var text: [UInt8] = []
    text.append(word)
    sentence.ids.append(unknown)
    sentence.unknowns.append(UnknownText(bytes: text, continuesWord: false))
  }
}

package import Tokens

/// Turns lines into token ids and remembers the words it met: one for each thread.
public struct SubwordEncoder: Sendable {
  private let normalizer: Normalizer
  private let tokenizer: Tokenizer
  private var speller: VocabularySpeller
  /// Whether lines can begin with a tag: on the source side.
  private let readsTags: Bool
  /// Ids of words that the vocabulary can spell.
  private var cache = WordCache<TokenID>()

  init(normalizer: Normalizer, tokenizer: Tokenizer, speller: VocabularySpeller, readsTags: Bool) {
    (self.normalizer, self.tokenizer, self.speller) = (normalizer, tokenizer, speller)
    self.readsTags = readsTags && speller.vocabulary.tagCount > 0
  }

  /// The tokens of a line: normalized, and separated by single spaces.
  ///
  /// - Parameter line: text as UTF-8, without a line end.
  /// - Returns: the tokens as UTF-8.
  public func tokens(of line: [UInt8]) -> [UInt8] { tokenizer.tokenize(normalizer.normalize(line)) }

  /// The ids of a line, those of its tag included.
  ///
  /// - Parameters:
  ///   - line: text as UTF-8, without a line end.
  ///   - tag: which tag the sentence has; only source sentences have one.
  /// - Returns: the sentence, without `</s>`; nothing where there is no text, be there a tag or not.
  public mutating func encode(_ line: [UInt8], tag: LineTag = .own) -> EncodedSentence {
    encodeText(of: line, tag) { encoder, text in encoder.encode(text: text) }
  }

  /// The ids of a line with BPE-dropout, for training; see ``encode(_:tag:)`` and
  /// ``encode(tokens:dropout:using:)``.
  public mutating func encode(
    _ line: [UInt8], tag: LineTag = .own, dropout: Double, using generator: inout some RandomNumberGenerator
  ) -> EncodedSentence {
    encodeText(of: line, tag) { encoder, text in
      encoder.encode(tokens: encoder.tokens(of: text), dropout: dropout, using: &generator)
    }
  }

  private mutating func encodeText(
    of line: [UInt8], _ tag: LineTag, _ encode: (inout Self, [UInt8]) -> EncodedSentence
  ) -> EncodedSentence {
    guard readsTags else { return encode(&self, line) }
    let (id, text) = tag.cut(line, speller.vocabulary)
    return encode(&self, id == nil ? line : Array(text)).behind(id)
  }

  /// The ids of plain text, in which no tag is looked for.
  ///
  /// - Parameter text: UTF-8, without a line end.
  /// - Returns: the sentence, without `</s>`.
  public mutating func encode(text: [UInt8]) -> EncodedSentence { encode(tokens: tokens(of: text)) }

  /// The ids of a line of tokens, as ``tokens(of:)`` returns it.
  public mutating func encode(tokens line: [UInt8]) -> EncodedSentence {
    var sentence = EncodedSentence()
    let span = line.span
    var words = WordRanges(of: span)
    while let range = words.next(in: span) {
      let word = span.extracting(range)
      if cache.append(word, to: &sentence.ids) { continue }
      let (start, unknowns) = (sentence.ids.count, sentence.unknowns.count)
      speller.spell(word)
      sentence.append(speller.pieces, of: word)
      if sentence.unknowns.count == unknowns { cache.insert(word, sentence.ids[start...]) }
    }
    return sentence
  }

  /// The ids of a line of tokens with BPE-dropout, for training; see ``BytePairEncoding/encode(_:dropout:using:)``.
  ///
  /// - Parameters:
  ///   - line: tokens, as ``tokens(of:)`` returns them.
  ///   - dropout: the probability that a merge is passed over, from 0 to 1.
  ///   - generator: where chance comes from.
  /// - Returns: the sentence, without `</s>`.
  public mutating func encode(
    tokens line: [UInt8], dropout: Double, using generator: inout some RandomNumberGenerator
  ) -> EncodedSentence {
    guard dropout > 0 else { return encode(tokens: line) }
    var sentence = EncodedSentence()
    let span = line.span
    var words = WordRanges(of: span)
    while let range = words.next(in: span) {
      let word = span.extracting(range)
      speller.spell(word, dropout: dropout, using: &generator)
      sentence.append(speller.pieces, of: word)
    }
    return sentence
  }

  /// A line as a person reads its segmentation: subwords separated by spaces, `@@` where a word goes on.
  ///
  /// What the vocabulary cannot spell stands there as it is.
  public mutating func subwords(of line: [UInt8]) -> [UInt8] {
    let (tag, text) = readsTags ? speller.vocabulary.cutTag(off: line) : (nil, line[...])
    let tokens = tokens(of: Array(text))
    let span = tokens.span
    var words = WordRanges(of: span)
    var output = tag.map { Array(speller.vocabulary[$0]) } ?? []
    while let range = words.next(in: span) {
      let word = span.extracting(range)
      speller.spell(word)
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
}

extension EncodedSentence {
  /// The sentence with a tag before it; without text there is nothing to put a tag before.
  package func behind(_ tag: TokenID?) -> EncodedSentence {
    guard let tag, !ids.isEmpty else { return self }
    return EncodedSentence(ids: [tag] + ids, unknowns: unknowns)
  }

  fileprivate mutating func append(_ pieces: [VocabularySpeller.Piece], of word: Span<UInt8>) {
    var start = 0
    for piece in pieces {
      ids.append(piece.id)
      if piece.id == SpecialToken.unknown {
        var text: [UInt8] = []
        text.append(word.extracting(start..<piece.end))
        unknowns.append(UnknownText(bytes: text, continuesWord: piece.end < word.count))
      }
      start = piece.end
    }
  }
}

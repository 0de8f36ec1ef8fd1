import Tokens

/// Spells words with the tokens of a vocabulary.
///
/// A subword that is not in the vocabulary is split into the two parts that were merged to it, recursively, like with
/// subword-nmt's `--vocabulary-threshold`.
struct VocabularySpeller: Sendable {
  /// A token of a word, and where its text ends.
  struct Piece {
    var id: TokenID
    var end: Int
  }

  let encoding: BytePairEncoding
  let vocabulary: Vocabulary
  /// The pieces of the word spelled last; adjacent parts that the vocabulary cannot spell are one piece.
  private(set) var pieces: [Piece] = []
  private var segmenter = WordSegmenter()
  private var token: [UInt8] = []

  /// Words that are one piece each.
  private let protected: ProtectedWords

  init(
    encoding: BytePairEncoding, vocabulary: Vocabulary, protected: ProtectedWords = ProtectedWords()
  ) {
    (self.encoding, self.vocabulary, self.protected) = (encoding, vocabulary, protected)
  }

  /// Spells a word into ``pieces``.
  mutating func spell(_ word: Span<UInt8>) {
    if spellProtected(word) { return }
    segmenter.segment(word, by: encoding)
    spellSegments(of: word)
  }

  /// Spells a word with BPE-dropout into ``pieces``; a probability of 0 means no dropout.
  mutating func spell(
    _ word: Span<UInt8>, dropout: Double, using generator: inout some RandomNumberGenerator
  ) {
    if spellProtected(word) { return }
    segmenter.segment(word, by: encoding, dropout: dropout, using: &generator)
    spellSegments(of: word)
  }

  /// Spells a protected word as one token, or as one unknown piece if the vocabulary does not have it.
  private mutating func spellProtected(_ word: Span<UInt8>) -> Bool {
    guard protected.contains(word) else { return false }
    let id = id(of: word, 0..<word.count) ?? vocabulary.specialTokens.unknown
    pieces.removeAll(keepingCapacity: true)
    pieces.append(Piece(id: id, end: word.count))
    return true
  }

  private mutating func spellSegments(of word: Span<UInt8>) {
    pieces.removeAll(keepingCapacity: true)
    var start = 0
    for (symbol, end) in zip(segmenter.symbols, segmenter.ends) {
      spell(symbol, in: word, start..<end)
      start = end
    }
  }

  private mutating func spell(_ symbol: Int32, in word: Span<UInt8>, _ range: Range<Int>) {
    if let id = id(of: word, range) {
      pieces.append(Piece(id: id, end: range.upperBound))
    } else if let parts = parts(of: symbol, length: range.count) {
      let middle = range.lowerBound + parts.leftLength
      spell(parts.left, in: word, range.lowerBound..<middle)
      spell(parts.right, in: word, middle..<range.upperBound)
    } else if let last = pieces.indices.last, pieces[last].id == vocabulary.specialTokens.unknown {
      pieces[last].end = range.upperBound
    } else {
      pieces.append(Piece(id: vocabulary.specialTokens.unknown, end: range.upperBound))
    }
  }

  private mutating func id(of word: Span<UInt8>, _ range: Range<Int>) -> TokenID? {
    token.removeAll(keepingCapacity: true)
    token.append(word.extracting(range))
    if range.upperBound < word.count {
      token += BytePairEncoding.continuation
    } else if hasContinuation(token[...]) {
      return nil
    }
    return vocabulary.textID(token.span)
  }

  private func parts(of symbol: Int32, length: Int) -> (left: Int32, right: Int32, leftLength: Int)? {
    guard symbol >= 0, encoding.origins[Int(symbol)] >= 0 else { return nil }
    let merge = encoding.merges[Int(encoding.origins[Int(symbol)])]
    let leftLength = encoding.symbols.length(of: Int(merge.left))
    // Text that contains `</w>` can be the same symbol as the end of a word, whose mark is not text.
    guard leftLength < length else { return nil }
    return (merge.left, merge.right, leftLength)
  }
}

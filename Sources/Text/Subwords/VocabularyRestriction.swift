/// Splits subwords that are not in a vocabulary into the parts that were merged to them, recursively, like subword-nmt's
/// `apply-bpe --vocabulary`.
struct VocabularyRestriction: Sendable {
  private let symbols: ByteStringTable
  /// The parts of each symbol; nil for one that no merge makes.
  private let parts: [(left: Int32, right: Int32)?]
  private let vocabulary: CountedVocabulary
  private let separator: [UInt8]

  init(_ encoding: BytePairEncoding, vocabulary: CountedVocabulary, separator: [UInt8]) {
    (symbols, self.vocabulary, self.separator) = (encoding.symbols, vocabulary, separator)
    var parts = [(left: Int32, right: Int32)?](repeating: nil, count: encoding.symbols.count)
    var seen = PairTable()
    // If several pairs make a symbol, subword-nmt undoes the one whose last line in the file comes first.
    for (rank, merge) in encoding.merges.enumerated().reversed() {
      guard seen.findOrInsert(merge.left, merge.right, Int32(rank)) == Int32(rank) else { continue }
      parts[Int(merge.result)] = (merge.left, merge.right)
    }
    self.parts = parts
  }

  /// Calls `body` with the end of each subword of a word that is split at `ends`.
  func split(_ word: Span<UInt8>, at ends: [Int], _ body: (Int) -> Void) {
    var start = 0
    for (index, end) in ends.enumerated() {
      splitIfNeeded(word, start..<end, isFinal: index == ends.count - 1, body)
      start = end
    }
  }

  private func splitIfNeeded(_ word: Span<UInt8>, _ range: Range<Int>, isFinal: Bool, _ body: (Int) -> Void) {
    guard !isKnown(word, range, isFinal: isFinal), let middle = middle(of: word, range, isFinal: isFinal)
    else { return body(range.upperBound) }
    splitIfNeeded(word, range.lowerBound..<middle, isFinal: false, body)
    splitIfNeeded(word, middle..<range.upperBound, isFinal: isFinal, body)
  }

  /// Where the left part of a subword ends; nil if it was not merged from parts.
  ///
  /// With codes of format 0.1, the right part may be the mark of the end of the word alone, which has no text. Like
  /// subword-nmt, this makes an empty subword.
  private func middle(of word: Span<UInt8>, _ range: Range<Int>, isFinal: Bool) -> Int? {
    var bytes: [UInt8] = []
    bytes.append(word.extracting(range))
    if isFinal { bytes += BytePairEncoding.endOfWord }
    guard let symbol = symbols.find(bytes.span), let pair = parts[symbol] else { return nil }
    let length = symbols.length(of: Int(pair.left))
    // Text that contains `</w>` can be the same symbol as the end of a word, whose mark is not text.
    return length <= range.count ? range.lowerBound + length : nil
  }

  private func isKnown(_ word: Span<UInt8>, _ range: Range<Int>, isFinal: Bool) -> Bool {
    var bytes: [UInt8] = []
    bytes.append(word.extracting(range))
    if !isFinal { bytes += separator }
    return vocabulary.contains(bytes.span)
  }
}

/// How a ``CodesEncoder`` uses codes.
public struct CodesOptions: Sendable {
  /// Follows a subword that does not end its word, as UTF-8.
  public var separator = BytePairEncoding.continuation
  /// The subwords that may be used: others are split again into the parts that were merged to them; nil for all.
  public var vocabulary: CountedVocabulary?
  /// Regular expressions of text that is not split.
  ///
  /// - Precondition: each is valid; see ``ProtectedWords/problem(ofPattern:)``.
  public var protected: [String] = []
  /// Whether protected text must be a whole word, without a tokenizer's marks; otherwise it is separated from the rest of
  /// its word, as with subword-nmt's `--glossaries`.
  public var protectsOnlyWords = false

  /// The options of subword-nmt's `apply-bpe` without arguments.
  public init() {}
}

/// Segments lines of words with codes like subword-nmt's `apply-bpe`, and caches words; each thread needs its own.
///
/// The result is the same, byte for byte, with two exceptions: a glossary that contains groups does not double the text
/// of these, and one that matches nothing does not split words.
public struct CodesEncoder: Sendable {
  private let encoding: BytePairEncoding
  private let separator: [UInt8]
  private let restriction: VocabularyRestriction?
  private let protectedWords: ProtectedWords
  private let glossaries: Glossaries?
  private var segmenter = WordSegmenter()
  private var cache = WordCache<UInt8>()
  /// Where the subwords of the word end.
  private var ends: [Int] = []

  /// An encoder with an empty word cache.
  public init(_ encoding: BytePairEncoding, options: CodesOptions = CodesOptions()) {
    (self.encoding, separator) = (encoding, options.separator)
    restriction = options.vocabulary.flatMap {
      $0.isEmpty ? nil : VocabularyRestriction(encoding, vocabulary: $0, separator: options.separator)
    }
    let isGlossary = !options.protected.isEmpty && !options.protectsOnlyWords
    protectedWords = ProtectedWords(patterns: isGlossary ? [] : options.protected)
    glossaries = isGlossary ? Glossaries(options.protected) : nil
  }

  /// Segments a line.
  ///
  /// - Parameter line: words separated by spaces.
  /// - Returns: subwords separated by single spaces, with the separator after each that does not end its word; spaces
  ///   and carriage returns at the ends of the line are kept.
  public mutating func encode(_ line: [UInt8]) -> [UInt8] {
    segmentWords(of: line) { word, output in
      if cache.append(word, to: &output) { return }
      let start = output.count
      split(word)
      append(word, to: &output)
      cache.insert(word, output[start...])
    }
  }

  /// Splits a word at ``ends``.
  private mutating func split(_ word: Span<UInt8>) {
    ends.removeAll(keepingCapacity: true)
    guard let glossaries else {
      return protectedWords.contains(word) ? ends.append(word.count) : append(word, 0..<word.count)
    }
    for part in glossaries.parts(of: word) {
      if part.isGlossary { ends.append(part.range.upperBound) } else { append(word, part.range) }
    }
  }

  /// Adds the subwords of a part of the word, which is segmented like a word.
  private mutating func append(_ word: Span<UInt8>, _ range: Range<Int>) {
    let part = word.extracting(range)
    segmenter.segment(part, by: encoding)
    guard let restriction, segmenter.ends.count > 1 || characterEnd(in: part, from: 0) < part.count else {
      return ends += segmenter.ends.map { range.lowerBound + $0 }
    }
    restriction.split(part, at: segmenter.ends) { ends.append(range.lowerBound + $0) }
  }

  private func append(_ word: Span<UInt8>, to output: inout [UInt8]) {
    var start = 0
    for (index, end) in ends.enumerated() {
      output.append(word.extracting(start..<end))
      if index < ends.count - 1 {
        output += separator
        output.append(UInt8(ascii: " "))
      }
      start = end
    }
  }
}

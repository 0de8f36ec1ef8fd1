extension BytePairEncoding {
  /// Segments a line of words, like subword-nmt's `apply-bpe`.
  ///
  /// This is slow for whole texts, since nothing is cached between calls; use a ``BytePairEncoder`` instead.
  ///
  /// - Parameter line: words separated by spaces.
  /// - Returns: subwords separated by single spaces, with `@@` after each that does not end its word;
  ///   spaces and carriage returns at the ends of the line are kept.
  public func encode(_ line: [UInt8]) -> [UInt8] {
    var encoder = BytePairEncoder(self)
    return encoder.encode(line)
  }

  /// Segments a line with BPE-dropout, for training.
  ///
  /// - Parameters:
  ///   - line: words separated by spaces.
  ///   - dropout: the probability that a merge is skipped, from 0 (plain encoding) to 1 (characters).
  ///   - generator: the source of randomness; the same state gives the same segmentation.
  /// - Returns: see ``encode(_:)``.
  ///
  /// Source: Provilkov, Emelianenko and Voita 2020, "BPE-Dropout: Simple and Effective Subword
  /// Regularization", section 3.1.
  public func encode(
    _ line: [UInt8], dropout: Double, using generator: inout some RandomNumberGenerator
  ) -> [UInt8] {
    guard dropout > 0 else { return encode(line) }
    var segmenter = WordSegmenter()
    return segmentWords(of: line) { word, output in
      segmenter.segment(word, by: self, dropout: dropout, using: &generator)
      appendPieces(of: word, endingAt: segmenter.ends, to: &output)
    }
  }
}

/// Segments lines and caches words; each thread needs its own.
public struct BytePairEncoder: Sendable {
  private let encoding: BytePairEncoding
  private var segmenter = WordSegmenter()
  private var cache = WordCache<UInt8>()

  /// An encoder with an empty word cache.
  public init(_ encoding: BytePairEncoding) { self.encoding = encoding }

  /// Segments a line; see ``BytePairEncoding/encode(_:)``.
  public mutating func encode(_ line: [UInt8]) -> [UInt8] {
    segmentWords(of: line) { word, output in
      if cache.append(word, to: &output) { return }
      let start = output.count
      segmenter.segment(word, by: encoding)
      appendPieces(of: word, endingAt: segmenter.ends, to: &output)
      cache.insert(word, output[start...])
    }
  }
}

/// Calls `segment` for each word of a line, puts spaces between the words, and keeps what surrounds them.
func segmentWords(
  of line: [UInt8], _ segment: (Span<UInt8>, inout [UInt8]) -> Void
) -> [UInt8] {
  let span = line.span
  var words = WordRanges(of: span)
  var output: [UInt8] = []
  output.reserveCapacity(line.count + line.count / 2)
  // A blank line is kept as a whole.
  let content = words.content.isEmpty ? line.count..<line.count : words.content
  output += line[..<content.lowerBound]
  while let range = words.next(in: span) {
    if range.lowerBound != content.lowerBound { output.append(UInt8(ascii: " ")) }
    segment(span.extracting(range), &output)
  }
  output += line[content.upperBound...]
  return output
}

private func appendPieces(of word: Span<UInt8>, endingAt ends: [Int], to output: inout [UInt8]) {
  var start = 0
  for end in ends {
    output.append(word.extracting(start..<end))
    if end < word.count {
      output += BytePairEncoding.continuation
      output.append(UInt8(ascii: " "))
    }
    start = end
  }
}

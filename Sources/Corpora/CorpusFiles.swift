public import Tokens

/// A source file and the target file that is its translation line by line, with their weight in training.
public struct CorpusFiles: Sendable, Equatable {
  /// Path of the source side, plain or gzip; `-` is standard input.
  public let source: String
  /// Path of the target side.
  public let target: String
  /// How many times each pair occurs in an epoch: 2 means twice, 0.5 every other epoch on average; see ``Batcher``.
  public let weight: Double
  /// The id of the tag that is put before each source line; nil: lines may begin with tags themselves.
  public let tag: TokenID?

  /// Path of the word alignments, in the format of fast_align; nil: there are none.
  public let alignment: String?

  /// A pair of files.
  ///
  /// - Precondition: the weight is above 0 and finite.
  public init(
    source: String, target: String, weight: Double = 1, tag: TokenID? = nil, alignment: String? = nil
  ) {
    precondition(weight > 0 && weight.isFinite, "CorpusFiles: a weight of \(weight)")
    (self.source, self.target, self.weight, self.tag) = (source, target, weight, tag)
    self.alignment = alignment
  }
}

/// The pairs of a corpus that come from the same files.
public struct CorpusPart: Sendable, Equatable {
  /// The files.
  public let files: CorpusFiles
  /// The indices of the kept pairs in the corpus.
  public let pairs: Range<Int>
  /// The number of line pairs in the files.
  public let pairsRead: Int
}

extension CorpusPart: CustomStringConvertible {
  /// The files, number of pairs and weight in one line.
  public var description: String {
    let weight = files.weight.description
    return "'\(files.source)' and '\(files.target)': pairs read: \(pairsRead), kept: \(pairs.count), weight "
      + (weight.hasSuffix(".0") ? String(weight.dropLast(2)) : weight)
  }
}

/// A source file and its target file, aligned line by line.
public struct TextFiles: Sendable, Equatable {
  /// Path of the source side, plain or gzip; `-` is standard input.
  public var source: String
  /// Path of the target side.
  public var target: String
  /// Number of times each pair is seen per epoch.
  public var weight: Double
  /// The tag to put before each source line; nil if lines have their own tags, or none.
  public var tag: String?
  /// Path of the word alignments; nil for none.
  public var alignment: String?

  package init(
    source: String, target: String, weight: Double = 1, tag: String? = nil, alignment: String? = nil
  ) {
    (self.source, self.target, self.weight) = (source, target, weight)
    (self.tag, self.alignment) = (tag, alignment)
  }
}

/// A prepared corpus, and how it is read.
public struct PreparedCorpusSettings: Sendable, Equatable {
  /// The folder that `prepare-corpus` wrote.
  public let folder: String
  /// Pairs that are in memory and mixed at a time, in whole shards.
  public let windowPairs: Int
}

/// The text of a training, and how it is processed.
public struct CorporaSettings: Sendable, Equatable {
  /// The training text.
  public let train: [TextFiles]
  /// The prepared corpus in place of training text; nil: there is text.
  public let prepared: PreparedCorpusSettings?
  /// The validation text.
  public let valid: [TextFiles]
  /// Whether the validation text is part of the training text and must be excluded from it.
  public let leavesOutValidation: Bool
  /// Maximum number of subwords per side; longer pairs are skipped.
  public let maxLength: Int
  /// Batch size in tokens: pairs × longest sentence.
  public let batchTokens: Int
  /// Rate of BPE-dropout.
  public let bpeDropout: Double
  /// Share of pairs in which words common to both sides are masked.
  public let copyUnknowns: Double
  /// Share of pairs in which span tokens stand for words.
  public let trainSpans: Double
  /// Share of pairs whose source has translations of words.
  public let annotateTerms: Double
  /// Random seed.
  public let seed: UInt64
  /// Threads that prepare text.
  public let threads: Int
}

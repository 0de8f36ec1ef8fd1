/// A source file and the target file that belongs to it line by line.
public struct TextFiles: Sendable, Equatable {
  /// Path of the source side, plain or gzip; `-` is standard input.
  public var source: String
  /// Path of the target side.
  public var target: String
  /// Times that each pair is seen in an epoch.
  public var weight: Double
  /// The tag before each source line; nil: lines have tags of their own, or none.
  public var tag: String?
  /// Path of the alignments of words; nil: there are none.
  public var alignment: String?

  package init(
    source: String, target: String, weight: Double = 1, tag: String? = nil, alignment: String? = nil
  ) {
    (self.source, self.target, self.weight) = (source, target, weight)
    (self.tag, self.alignment) = (tag, alignment)
  }
}

/// The text of a training, and what is done to it.
public struct CorporaSettings: Sendable, Equatable {
  /// The training text.
  public let train: [TextFiles]
  /// The validation text.
  public let valid: [TextFiles]
  /// Whether the validation text is part of the training text, and left out there.
  public let leavesOutValidation: Bool
  /// Subwords of a side above which a pair is left out.
  public let maxLength: Int
  /// Pairs × longest sentence of a batch.
  public let batchTokens: Int
  /// Merges left out at random.
  public let bpeDropout: Double
  /// Share of pairs in which words of both sides are hidden.
  public let copyUnknowns: Double
  /// Seed of everything random.
  public let seed: UInt64
  /// Threads that prepare text.
  public let threads: Int
}

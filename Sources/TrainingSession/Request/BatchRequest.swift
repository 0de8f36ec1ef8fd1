/// Batches and the random seed.
public struct BatchRequest: Sendable, Equatable {
  /// Batch size in tokens: pairs × longest sentence.
  @Given public var tokens = 4096
  /// Batches per update, whose gradients are summed.
  public var accumulate = 1
  /// Maximum number of subwords per side; longer pairs are skipped.
  @Given public var maxLength = 256
  /// Pairs of a prepared corpus that are in memory and mixed at a time, in whole shards; see
  /// ``FilesRequest/trainCorpus``.
  @Given public var corpusWindow = 1_000_000
  /// Random seed.
  public var seed: UInt64 = 1

  /// Batches of 4,096 tokens.
  public init() {}
}

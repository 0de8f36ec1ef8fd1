/// Batches, and the seed of everything random.
public struct BatchRequest: Sendable, Equatable {
  /// Pairs × longest sentence of a batch.
  @Given public var tokens = 4096
  /// Batches of an update, whose gradients are added up.
  public var accumulate = 1
  /// Subwords of a side above which a pair is left out.
  @Given public var maxLength = 256
  /// Seed of all random numbers.
  public var seed: UInt64 = 1

  /// Batches of 4,096 tokens.
  public init() {}
}

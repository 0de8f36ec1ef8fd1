import Formatting

/// A batch that was skipped because its gradient was NaN or infinite.
public struct SkippedBatch: Sendable, Equatable {
  /// The epoch, from 1.
  public let epoch: Int
  /// The number of the batch in its epoch, from 1; if the update has several batches, that of the first.
  public let number: Int
  /// The first of its pairs, counted from 1 over the pairs kept when the corpus was loaded; if none was dropped, these
  /// are line numbers.
  public let pairs: [Int]
}

/// The evidence that a training run has diverged.
public enum Divergence: Sendable, Equatable {
  /// The gradient was NaN or infinite for this many updates in a row.
  case skipped(Int)
  /// The running mean of the loss stayed far above its best.
  case loss(mean: Double, best: Double)

  /// The evidence in words.
  public var words: String {
    switch self {
    case .skipped(let count): "the gradient was NaN or infinite \(count) times in a row"
    case .loss(let mean, let best):
      "the mean loss has risen from \(Readable.rounded(best, 2)) to \(Readable.rounded(mean, 2)) and stayed there"
    }
  }
}

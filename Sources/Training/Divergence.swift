import Formatting

/// A batch that was skipped because its gradient was NaN or infinite.
public struct SkippedBatch: Sendable, Equatable {
  /// The epoch, from 1.
  public let epoch: Int
  /// Which of the epoch's batches it is, from 1; the first if an update has several.
  public let number: Int
  /// The first of its pairs, counted from 1 over the pairs that were kept: where none was dropped, their lines.
  public let pairs: [Int]
}

/// What shows that a training has diverged.
public enum Divergence: Sendable, Equatable {
  /// So many updates in a row had a gradient that was NaN or infinite.
  case skipped(Int)
  /// The running mean of the loss stayed far above its best.
  case loss(mean: Double, best: Double)

  /// In words.
  public var words: String {
    switch self {
    case .skipped(let count): "the gradient was NaN or infinite \(count) times in a row"
    case .loss(let mean, let best):
      "the mean loss has risen from \(Readable.rounded(best, 2)) to \(Readable.rounded(mean, 2)) and stayed there"
    }
  }
}

/// Distinguishes divergence from normal fluctuations of the loss; part of checkpoints.
///
/// A run has diverged if the running mean of the loss stays above 1.5 times its best and more than half a nat above it
/// for a hundred updates in a row. Losses vary between batches and rise after the warm-up or with more dropout, and a
/// false alarm would cost more than a late one.
public struct LossWatch: Codable, Sendable, Equatable {
  /// The number of updates skipped in a row because the gradient was NaN or infinite.
  public var skippedInARow = 0
  /// The running mean of the loss, in nats per target token; nil before the first update.
  public private(set) var mean: Double?
  /// The lowest running mean so far.
  public private(set) var best: Double?
  /// The number of updates in a row with the mean far above the best.
  public private(set) var updatesAbove = 0
  /// The number of updates in a row with the mean a little above the best.
  private var updatesRisen = 0
  /// How often the run rolled back; each time halved the learning rate.
  public var rollbacks = 0
  /// The number of updates so far, at most the size of the window.
  private var count = 0
  /// Whether the newest loss alone is far above the best.
  private var isNewestAbove = false

  /// The start of a run.
  public init() {}

  /// Records the loss of an update, in nats per target token.
  package mutating func note(_ loss: Double) {
    skippedInARow = 0
    guard loss.isFinite else { return }
    count = min(count + 1, Self.window)
    isNewestAbove = isFarAbove(loss)
    // Limit the influence of a single batch.
    let loss = min(loss, 4 * ((best ?? loss) + 1))
    // At first, this is the mean of all losses so far.
    let mean = (mean ?? loss) + (loss - (mean ?? loss)) / Double(count)
    self.mean = mean
    updatesAbove = isFarAbove(mean) ? updatesAbove + 1 : 0
    updatesRisen = mean > 1.1 * (best ?? mean) + 0.1 ? updatesRisen + 1 : 0
    best = min(best ?? mean, mean)
  }

  private func isFarAbove(_ loss: Double) -> Bool {
    guard let best else { return false }
    return loss > best * Self.factor && loss > best + Self.margin
  }

  /// Whether the loss has exploded.
  package var isExploded: Bool { updatesAbove >= Self.patience }

  /// The mean and the best; nil before the first update.
  package var meanAndBest: (Double, Double)? { mean.flatMap { mean in best.map { (mean, $0) } } }

  /// Whether there is no sign of divergence, so that a checkpoint is worth rolling back to.
  ///
  /// A loss that has risen a little and stays there counts as calm again, for example if a run was resumed with more
  /// dropout.
  package var isCalm: Bool {
    skippedInARow == 0 && updatesAbove == 0 && !isNewestAbove && !(1...Self.patience).contains(updatesRisen)
  }

  /// The factor on the scheduled learning rate.
  package var rateFactor: Double { (0..<rollbacks).reduce(1) { factor, _ in factor / 2 } }

  /// The approximate number of updates that the mean covers.
  static let window = 50
  /// The mean is far above the best if it exceeds the best times this factor, and the best plus this margin in nats.
  static let (factor, margin) = (1.5, 0.5)
  /// The number of updates in a row after which the loss counts as exploded.
  static let patience = 100
}

/// Tells a training that has come off its way from one that has its ups and downs; a part of its checkpoints.
///
/// The running mean of the loss must stay more than half above its best, and by more than half a nat, for a hundred
/// updates in a row: losses of batches differ, rise after the warm-up or with another dropout, and a false alarm
/// would cost more than a late one.
public struct LossWatch: Codable, Sendable, Equatable {
  /// Batches in a row that were left out, since their gradient was no number.
  public var skippedInARow = 0
  /// The running mean of the loss, nats per target token; nil before the first update.
  public private(set) var mean: Double?
  /// The least running mean so far.
  public private(set) var best: Double?
  /// Updates in a row for which the mean was far above the best.
  public private(set) var updatesAbove = 0
  /// Updates in a row for which the mean was a little above the best.
  private var updatesRisen = 0
  /// Times that a checkpoint was brought back; each halved the learning rate.
  public var rollbacks = 0
  /// Updates so far, up to where the mean is one of many.
  private var count = 0
  /// Whether the newest loss alone is far above the best.
  private var isNewestAbove = false

  /// The start of a run.
  public init() {}

  /// Notes an update's loss, in nats per target token.
  package mutating func note(_ loss: Double) {
    skippedInARow = 0
    guard loss.isFinite else { return }
    count = min(count + 1, Self.window)
    isNewestAbove = isFarAbove(loss)
    // One batch must not count for many.
    let loss = min(loss, 4 * ((best ?? loss) + 1))
    // A young mean is that of all losses so far.
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

  /// Both, once there was an update.
  package var meanAndBest: (Double, Double)? { mean.flatMap { mean in best.map { (mean, $0) } } }

  /// Whether nothing points to that: a checkpoint is worth coming back to.
  ///
  /// A loss that has risen a little and stays there, as with more dropout in a run that is resumed, is calm again.
  package var isCalm: Bool {
    skippedInARow == 0 && updatesAbove == 0 && !isNewestAbove && !(1...Self.patience).contains(updatesRisen)
  }

  /// What the schedule's rate is multiplied by.
  package var rateFactor: Double { (0..<rollbacks).reduce(1) { factor, _ in factor / 2 } }

  /// Updates that the mean goes back, about.
  static let window = 50
  /// The mean is far above the best that is above its multiple by this, and by the margin in nats.
  static let (factor, margin) = (1.5, 0.5)
  /// Updates in a row for which it must be.
  static let patience = 100
}

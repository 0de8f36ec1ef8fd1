internal import Autodiff

/// Accumulates losses and training time between two log lines.
struct LossMeter {
  private var sum = LossSum()
  /// A time of the run's clock, in seconds.
  private var since: Double

  /// Begins at a time of the run's clock.
  init(at seconds: Double) { since = seconds }

  mutating func add(_ loss: LossSum) { sum += loss }

  /// Excludes an interruption, such as a validation, from the time.
  mutating func leaveOut(seconds: Double) { since += seconds }

  /// The sum of the losses since the last call, and the seconds since then.
  mutating func take(at now: Double) -> (LossSum, Double) {
    defer { (sum, since) = (LossSum(), now) }
    return (sum, now - since)
  }
}

internal import Autodiff

/// Accumulates losses and training time between two log lines.
struct LossMeter {
  private var sum = LossSum()
  private var since = ContinuousClock().now

  mutating func add(_ loss: LossSum) { sum += loss }

  /// Excludes an interruption, such as a validation, from the time.
  mutating func leaveOut(_ duration: Duration) { since = since.advanced(by: duration) }

  /// The sum of the losses since the last call, and the seconds since then.
  mutating func take() -> (LossSum, Double) {
    let now = ContinuousClock().now
    defer { (sum, since) = (LossSum(), now) }
    return (sum, (now - since) / .seconds(1))
  }
}

internal import Autodiff

/// Adds up losses and training time between two lines of the log.
struct LossMeter {
  private var sum = LossSum()
  private var since = ContinuousClock().now

  mutating func add(_ loss: LossSum) { sum += loss }

  /// Leaves an interruption such as a validation out of the time.
  mutating func leaveOut(_ duration: Duration) { since = since.advanced(by: duration) }

  /// What was added since the last call, and the seconds it took.
  mutating func take() -> (LossSum, Double) {
    let now = ContinuousClock().now
    defer { (sum, since) = (LossSum(), now) }
    return (sum, (now - since) / .seconds(1))
  }
}

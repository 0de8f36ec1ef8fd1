internal import Autodiff
internal import Foundation

/// Adds up losses and training time between two lines of the log.
struct LossMeter {
  private var sum = LossSum()
  private var since = Date()

  mutating func add(_ loss: LossSum) { sum += loss }

  /// Leaves an interruption such as a validation out of the time.
  mutating func leaveOut(_ seconds: Double) { since += seconds }

  /// What was added since the last call, and the seconds it took.
  mutating func take() -> (LossSum, Double) {
    defer { (sum, since) = (LossSum(), Date()) }
    return (sum, -since.timeIntervalSinceNow)
  }
}

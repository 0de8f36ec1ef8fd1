/// The learning rate of every update.
public struct LearningRateSchedule: Sendable, Equatable {
  /// The greatest rate, reached when the warm-up ends.
  public var peak: Double
  /// The rate before the first update.
  public var initial: Double
  /// Updates over which the rate rises in a straight line from ``initial`` to ``peak``.
  public var warmup: Int

  /// Warm-up to `peak`, then decay by the inverse square root.
  public init(peak: Double, warmup: Int, initial: Double = 1e-7) {
    (self.peak, self.warmup, self.initial) = (peak, warmup, initial)
  }

  /// The rate of an update: linear in the warm-up, then `peak · √(warmup / update)`.
  ///
  /// - Parameter update: counted from 1.
  /// - Returns: at most ``peak``, if that is not below ``initial``.
  ///
  /// Source: Vaswani et al. 2017, equation 3, stated by its peak instead of the model size.
  public func rate(update: Int) -> Double {
    guard update > warmup else {
      return initial + (peak - initial) * Double(update) / Double(max(warmup, 1))
    }
    return peak * (Double(max(warmup, 1)) / Double(update)).squareRoot()
  }
}

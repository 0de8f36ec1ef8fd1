/// The limits of a training that were given.
public struct TrainingLimits: Sendable, Equatable {
  /// Seconds; nil: no limit.
  public var seconds: Double?
  /// Updates; nil: no limit.
  public var updates: Int?
  /// Passes over the text; nil: no limit.
  public var epochs: Int?

  /// No limits.
  public init() {}

  /// Target tokens that a training within the limits sees; infinity without limits.
  ///
  /// - Parameters:
  ///   - speed: target tokens per second; nil if unknown.
  ///   - ofUpdate: target tokens of an update.
  ///   - ofEpoch: target tokens of the text.
  /// - Returns: the tokens up to the first limit that is reached.
  func tokens(speed: Double?, ofUpdate: Double, ofEpoch: Double) -> Double {
    let limits = [
      seconds.flatMap { seconds in speed.map { $0 * seconds * Self.trainingShare } },
      updates.map { Double($0) * ofUpdate },
      epochs.map { Double($0) * ofEpoch },
    ]
    return limits.compactMap(\.self).min() ?? .infinity
  }

  /// The share of time spent in updates; the rest is validation, batches and checkpoints.
  package static let trainingShare = 0.93
}

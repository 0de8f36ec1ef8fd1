/// Adds up where the time of updates goes, as a stopwatch does: each lap takes all time since the one before.
struct UpdateLaps: Sendable {
  /// A part of an update.
  enum Part: Sendable {
    /// Pairs become a batch, and the batch shards.
    case makingBatches
    /// Weights become bfloat16, where products have them so.
    case rounding
    /// Workers compute their shards' gradients.
    case shards
    /// Gradients of the shards become one, and its norm.
    case sumOfGradients
    /// The weights change.
    case apply
    /// What is done between two updates: the log, the display.
    case other
  }

  private let clock = ContinuousClock()
  private var began = ContinuousClock().now
  private var times: [Part: Duration] = [:]
  /// What the slowest shard of each batch took of a processor, added up.
  var longestShards = Duration.zero
  /// Batches that were trained on.
  private(set) var updates = 0

  /// The time of all laps.
  var total: Duration { times.values.reduce(.zero, +) }

  subscript(part: Part) -> Duration { times[part] ?? .zero }

  /// Leaves the time since the last lap out.
  mutating func start() { began = clock.now }

  /// Gives the time since the last lap, or since the start, to a part.
  mutating func lap(_ part: Part) {
    let now = clock.now
    times[part, default: .zero] += now - began
    began = now
    // Every update ends with it, one that is skipped too.
    if part == .apply { updates += 1 }
  }
}

internal import Machine

/// Where the time of updates goes, phase by phase.
final class UpdateTimes {
  /// A phase of an update.
  enum Phase: Sendable {
    /// Pairs become a batch, and the batch shards.
    case makingBatches
    /// Weights are rounded to bfloat16, where products take them so.
    case roundingWeights
    /// Workers compute their shards' gradients.
    case shards
    /// The gradients of all shards become one, with its norm.
    case sumOfGradients
    /// The weights change.
    case apply
    /// What comes between two updates: the log, the display.
    case other
  }

  /// What the slowest shard of each batch took of a processor, added up.
  private(set) var longestShards = Duration.zero
  /// Updates, skipped ones included.
  var updates = 0

  private let clock = ContinuousClock()
  private var times: [Phase: Duration] = [:]

  /// The time of all phases.
  var total: Duration { times.values.reduce(.zero, +) }

  subscript(phase: Phase) -> Duration { times[phase] ?? .zero }

  /// Runs a phase and adds its time.
  func measure<Result>(_ phase: Phase, _ work: () throws -> Result) rethrows -> Result {
    let start = clock.now
    defer { times[phase, default: .zero] += clock.now - start }
    return try work()
  }

  /// Notes which worker took longest for the batch that was just worked on.
  func noteShards(_ workers: [Worker]) { longestShards += workers.map(\.busy.newest).max() ?? .zero }
}

internal import Machine

/// The time of updates by phase.
final class UpdateTimes {
  /// A phase of an update.
  enum Phase: Sendable {
    /// Making batches and cutting them into shards.
    case makingBatches
    /// Rounding weights to bfloat16, if products use it.
    case roundingWeights
    /// Computing the gradients of shards.
    case shards
    /// Summing the gradients of all shards and computing the norm.
    case sumOfGradients
    /// Applying the gradient to the weights.
    case apply
    /// Anything between two updates: the log, the display.
    case other
  }

  /// The processor time of the slowest shard of each batch, summed over batches.
  private(set) var longestShards = Duration.zero
  /// The number of updates, including skipped ones.
  var updates = 0

  private let clock = ContinuousClock()
  private var times: [Phase: Duration] = [:]

  /// The total time of all phases.
  var total: Duration { times.values.reduce(.zero, +) }

  subscript(phase: Phase) -> Duration { times[phase] ?? .zero }

  /// Runs a phase and adds its time.
  func measure<Result>(_ phase: Phase, _ work: () throws -> Result) rethrows -> Result {
    let start = clock.now
    defer { times[phase, default: .zero] += clock.now - start }
    return try work()
  }

  /// Adds the time of the worker that took longest for the newest batch.
  func noteShards(_ workers: [Worker]) { longestShards += workers.map(\.busy.newest).max() ?? .zero }
}

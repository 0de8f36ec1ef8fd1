public import Autodiff
internal import Machine

/// Where the time of a trainer's updates went.
///
/// All times are summed over threads: of a second with two threads there are two to account for, and every
/// part is a share of that. Operations count the processor's time; what other programs took of it is a part
/// of its own. While one thread makes a batch the others stand still, and their time counts there as well.
public struct TrainingProfile: Sendable {
  /// Batches that were trained on, those included that were skipped since the gradient was NaN or infinite.
  public let updates: Int
  /// Threads that worked.
  public let threads: Int
  /// The time that passed, validation and saving left out.
  public let wall: Duration
  /// The tape's operations over all shards, the most expensive first.
  public let operations: [OperationCost]
  /// Rounding weights for products of bfloat16; nothing for those of float32.
  public let roundingWeights: Duration
  /// Adding the shards' gradients up, and their norm.
  public let sumOfGradients: Duration
  /// Clipping, Adam, the moving average, and clearing gradients: one pass over memory.
  public let applyingGradients: Duration
  /// Making batches and cutting them into shards.
  public let makingBatches: Duration
  /// What the slowest shard of each batch took of a processor: with a processor for each shard a batch would take
  /// no longer.
  public let longestShards: Duration
  /// What a shard took of a processor in the mean, over as many batches.
  public let meanShards: Duration
  /// Threads without work while other shards were not done.
  public let waitingForShards: Duration
  /// Shards without a processor while other programs had it.
  public let waitingForProcessors: Duration

  /// What there is to account for: the wall time of all threads.
  public var total: Duration { wall * threads }

  /// What is left over: the memory of the tape, ids and positions of tokens, the log, the display.
  public var leftOver: Duration {
    total - operations.reduce(.zero) { $0 + $1.time } - roundingWeights - sumOfGradients - applyingGradients
      - makingBatches - waitingForShards - waitingForProcessors
  }

  init(_ times: UpdateTimes, threads: Int, workers: [Worker]) {
    (updates, self.threads, wall) = (times.updates, threads, times.total)
    operations = Self.merged(workers.flatMap { $0.profile?.costs ?? [] })
    roundingWeights = times[.roundingWeights] * threads
    sumOfGradients = times[.sumOfGradients] * threads
    applyingGradients = times[.apply] * threads
    makingBatches = times[.makingBatches] * threads
    longestShards = times.longestShards
    meanShards = workers.reduce(.zero) { $0 + $1.busy.processor } / max(workers.count, 1)
    waitingForShards = times[.shards] * threads - workers.reduce(.zero) { $0 + $1.busy.wall }
    waitingForProcessors = workers.reduce(.zero) { $0 + $1.busy.waitingForProcessor }
  }

  private static func merged(_ costs: [OperationCost]) -> [OperationCost] {
    let byName = Dictionary(grouping: costs, by: \.name).values
    let sums = byName.compactMap { parts in
      parts.dropFirst().reduce(into: parts.first) { $0? += $1 }
    }
    return sums.sorted { ($0.time, $1.name.description) > ($1.time, $0.name.description) }
  }
}

extension Trainer {
  /// Where the time went so far; nil unless ``TrainerOptions/isProfiled``.
  public var profile: TrainingProfile? {
    times.map { TrainingProfile($0, threads: options.threads, workers: workers) }
  }
}

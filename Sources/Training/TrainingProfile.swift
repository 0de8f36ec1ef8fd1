public import Autodiff
internal import Machine

/// Where the time of a trainer's updates went.
///
/// All times are summed over threads: one second with two threads is two seconds to account for. Operations count
/// processor time; time in which other programs had the processor is listed separately. While one thread makes a
/// batch, the others are idle, and their time counts as making batches too.
public struct TrainingProfile: Sendable {
  /// The number of updates, including those skipped because the gradient was NaN or infinite.
  public let updates: Int
  /// The number of threads.
  public let threads: Int
  /// Elapsed time, without validation and saving.
  public let wall: Duration
  /// The costs of the tape's operations over all shards, the most expensive first.
  public let operations: [OperationCost]
  /// Rounding weights for bfloat16 products; zero with float32.
  public let roundingWeights: Duration
  /// Summing the shards' gradients, and computing the norm.
  public let sumOfGradients: Duration
  /// Clipping, the optimizer, the moving average, and clearing gradients.
  public let applyingGradients: Duration
  /// Making batches and cutting them into shards.
  public let makingBatches: Duration
  /// The processor time of the slowest shard of each batch, summed: with a processor for each shard, the shards would
  /// take this long.
  public let longestShards: Duration
  /// The mean processor time of a shard, summed over the same batches.
  public let meanShards: Duration
  /// Threads that were idle while other shards were being computed.
  public let waitingForShards: Duration
  /// Shards that waited for a processor that other programs were using.
  public let waitingForProcessors: Duration
  /// What the exchange of gradients with other processes cost this one, in elapsed time; nil for a single process.
  public let traffic: ReductionTraffic?

  /// The time to account for: the wall time of all threads.
  public var total: Duration { wall * threads }

  /// The rest: memory management of the tape, ids and positions of tokens, the log, the display.
  public var leftOver: Duration {
    total - operations.reduce(.zero) { $0 + $1.time } - roundingWeights - sumOfGradients - applyingGradients
      - makingBatches - waitingForShards - waitingForProcessors
  }

  init(_ times: UpdateTimes, threads: Int, workers: [Worker], traffic: ReductionTraffic?) {
    self.traffic = traffic
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
  /// The profile so far; nil unless ``TrainerOptions/isProfiled``.
  public var profile: TrainingProfile? {
    times.map {
      TrainingProfile($0, threads: options.threads, workers: workers, traffic: reducer.traffic)
    }
  }
}

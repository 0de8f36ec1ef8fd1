import Autodiff
import Files
import Training

/// Where a training spent its time; written to the model folder as `profile.json`.
public struct ProfileReport: Encodable, Sendable {
  /// A row of the table: times in milliseconds per update, summed over threads.
  public struct Row: Encodable, Sendable {
    /// The operation, or another activity.
    public let name: String
    /// Calls in the whole training; nil if they are not counted.
    public private(set) var calls: Int?
    /// Forward only; nil if the two directions are not separate.
    public private(set) var forward: Double?
    /// Backward only.
    public private(set) var backward: Double?
    /// Forward and backward together.
    public let milliseconds: Double
    /// GFLOP/s of one thread, forward; nil if matrix products do not dominate the time.
    public private(set) var forwardGigaflops: Double?
    /// GFLOP/s of one thread, backward.
    public private(set) var backwardGigaflops: Double?
    /// Share of the wall time of all threads, 0 to 1.
    public let share: Double

    private enum CodingKeys: String, CodingKey {
      case name, calls, share
      case forward = "forward_ms"
      case backward = "backward_ms"
      case milliseconds = "ms"
      case forwardGigaflops = "forward_gflops"
      case backwardGigaflops = "backward_gflops"
    }
  }

  /// The exchange of gradients between processes, as the first one sees it: figures per update.
  public struct Exchange: Encodable, Sendable {
    /// Time from the first gradients that were ready to the last sum.
    public let milliseconds: Double
    /// The part of it after the backward passes, in which this process waited.
    public let waitingMilliseconds: Double
    /// The part of it in which gradients were added and rounded.
    public let addingMilliseconds: Double
    /// Bytes of gradients sent.
    public let bytesSent: Int
    /// Bytes of gradients received.
    public let bytesReceived: Int

    private enum CodingKeys: String, CodingKey {
      case milliseconds = "ms"
      case waitingMilliseconds = "waiting_ms"
      case addingMilliseconds = "adding_ms"
      case bytesSent = "bytes_sent"
      case bytesReceived = "bytes_received"
    }
  }

  static let fileName = "profile.json"

  /// Number of measured updates.
  public let updates: Int
  /// Number of threads.
  public let threads: Int
  /// Wall-clock time of an update.
  public let wallMilliseconds: Double
  /// The slowest shard of an update; divided by the mean, it shows what more threads would lose by waiting.
  public let longestShardMilliseconds: Double
  /// The mean over all shards.
  public let meanShardMilliseconds: Double
  /// Operations, then other activities.
  public let rows: [Row]
  /// The exchange of gradients; nil for a single process.
  public let exchange: Exchange?

  private enum CodingKeys: String, CodingKey {
    case updates, threads, rows, exchange
    case wallMilliseconds = "wall_ms"
    case longestShardMilliseconds = "longest_shard_ms"
    case meanShardMilliseconds = "mean_shard_ms"
  }

  init(_ profile: TrainingProfile) {
    let scale = ProfileScale(profile)
    (updates, threads) = (profile.updates, profile.threads)
    exchange = profile.traffic.map { scale.exchange($0) }
    wallMilliseconds = scale.milliseconds(profile.wall)
    longestShardMilliseconds = scale.milliseconds(profile.longestShards)
    meanShardMilliseconds = scale.milliseconds(profile.meanShards)
    rows =
      profile.operations.map { scale.row($0) }
      + [
        scale.row("rounding weights", profile.roundingWeights),
        scale.row("sum of gradients", profile.sumOfGradients),
        scale.row("clip, optimizer, average", profile.applyingGradients),
        scale.row("making batches", profile.makingBatches),
        scale.row("waiting for other shards", profile.waitingForShards),
        scale.row("waiting for a processor", profile.waitingForProcessors),
        scale.row("what is left over", profile.leftOver),
      ]
  }

  /// Writes `profile.json` into a folder.
  ///
  /// - Throws: `FileError` where it cannot be written.
  func write(to folder: String) throws(FileError) {
    try writeJSON(self, path: "\(folder)/\(Self.fileName)")
  }
}

/// Converts times of a whole training to figures per update.
private struct ProfileScale {
  private let updates: Double
  private let total: Duration

  init(_ profile: TrainingProfile) {
    updates = Double(max(profile.updates, 1))
    total = profile.total
  }

  func milliseconds(_ time: Duration) -> Double { time / .milliseconds(1) / updates }

  func exchange(_ traffic: ReductionTraffic) -> ProfileReport.Exchange {
    ProfileReport.Exchange(
      milliseconds: milliseconds(traffic.duration), waitingMilliseconds: milliseconds(traffic.waiting),
      addingMilliseconds: milliseconds(traffic.adding), bytesSent: traffic.bytesSent / Int(updates),
      bytesReceived: traffic.bytesReceived / Int(updates))
  }

  func row(_ name: String, _ time: Duration) -> ProfileReport.Row {
    ProfileReport.Row(name: name, milliseconds: milliseconds(time), share: share(time))
  }

  func row(_ cost: OperationCost) -> ProfileReport.Row {
    ProfileReport.Row(
      name: "\(cost.name)", calls: cost.calls, forward: milliseconds(cost.forward),
      backward: milliseconds(cost.backward), milliseconds: milliseconds(cost.time),
      forwardGigaflops: gigaflops(cost.flop, cost.forward),
      backwardGigaflops: gigaflops(cost.backwardFLOP, cost.backward), share: share(cost.time))
  }

  private func share(_ time: Duration) -> Double { total > .zero ? time / total : 0 }

  private func gigaflops(_ count: Int, _ time: Duration) -> Double? {
    count > 0 && time > .zero ? Double(count) / (time / .nanoseconds(1)) : nil
  }
}

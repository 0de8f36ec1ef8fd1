import Autodiff
import Files
import Training

/// Where the time of a training went, as a table for people and as `profile.json`.
struct ProfileReport: Encodable {
  /// A line of the table: times in milliseconds an update, summed over threads.
  struct Row: Encodable {
    let name: String
    var calls: Int?
    var forward: Double?
    var backward: Double?
    let milliseconds: Double
    /// Of one thread; nil where products are not what takes the time.
    var forwardGigaflops: Double?
    var backwardGigaflops: Double?
    /// Of the wall time of all threads, 0 to 1.
    let share: Double

    private enum CodingKeys: String, CodingKey {
      case name, calls, share
      case forward = "forward_ms"
      case backward = "backward_ms"
      case milliseconds = "ms"
      case forwardGigaflops = "forward_gflops"
      case backwardGigaflops = "backward_gflops"
    }
  }

  static let fileName = "profile.json"

  let updates: Int
  let threads: Int
  let wallMilliseconds: Double
  /// The slowest shard, and the mean of all: their quotient is what more threads would lose by waiting.
  let longestShardMilliseconds: Double
  let meanShardMilliseconds: Double
  let rows: [Row]

  private enum CodingKeys: String, CodingKey {
    case updates, threads, rows
    case wallMilliseconds = "wall_ms"
    case longestShardMilliseconds = "longest_shard_ms"
    case meanShardMilliseconds = "mean_shard_ms"
  }

  init(_ profile: TrainingProfile) {
    let scale = ProfileScale(profile)
    (updates, threads) = (profile.updates, profile.threads)
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

  /// Prints the table and writes `profile.json` into a folder.
  ///
  /// - Throws: `FileError` where it cannot be written.
  func show(in folder: String) throws {
    for line in table { say(line) }
    try writeJSON(self, path: "\(folder)/\(Self.fileName)")
  }
}

/// From times of a whole training to figures of one update.
private struct ProfileScale {
  private let updates: Double
  private let total: Duration

  init(_ profile: TrainingProfile) {
    updates = Double(max(profile.updates, 1))
    total = profile.total
  }

  func milliseconds(_ time: Duration) -> Double { time / .milliseconds(1) / updates }

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

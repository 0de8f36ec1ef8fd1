internal import Files
internal import Foundation

/// Where a run stands beside its weights: what `--resume` needs to go on as if nothing had happened.
public struct TrainingState: Codable, Sendable, Equatable {
  /// Updates done.
  public var update = 0
  /// The epoch that is running, from 1.
  public var epoch = 1
  /// Batches of that epoch that are done.
  public var batchesDone = 0
  /// Seconds of training, earlier parts of a resumed run included.
  public var seconds = 0.0
  /// Target tokens trained on.
  public var targetTokens = 0
  /// The best scores so far.
  public var best: ValidationScores?
  /// The update of the best scores.
  public var bestUpdate = 0
  /// The updates whose weights the best model is the average of; nil: it is no such average.
  public var averagedUpdates: [Int]?
  /// The update of the newest validation.
  public var validatedAt = 0
  /// Validations since the best one.
  public var validationsWithoutProgress = 0
  /// How far each metric has come that has ever had a score.
  public var progress: [ValidationMetric: MetricProgress] = [:]
  /// The update whose validation was interrupted and comes first when the run goes on; nil: there is none.
  public var interruptedValidation: Int?
  /// Where the learning rate's schedule stands.
  public var schedule = ScheduleProgress()
  /// Whether the training is still on its way.
  public var watch = LossWatch()
  /// Pieces that each batch is cut into.
  public var shards = 1
  /// Floats that the activations of a shard's piece take at most.
  public var activationLimit: Int?
  /// What must not change between the parts of a run.
  public var fingerprint = ""

  /// The start of a run.
  public init() {}

  /// The epoch of the newest update: where an epoch just ended, that one, although the next is running.
  public var newestEpoch: Int { batchesDone == 0 ? max(1, epoch - 1) : epoch }
}

/// What can be wrong with the state of an interrupted run.
public enum ResumeError: Error, Equatable, CustomStringConvertible {
  /// There is none.
  case nothingToResume(path: String)
  /// Neither the newest nor the one before it can be read.
  case allDamaged(reasons: [String])
  /// The file is not one of ours.
  case damaged(path: String, reason: String)
  /// The run was started with other data or other settings.
  case differentRun(path: String, found: String, expected: String)
  /// The run was started with another optimizer, whose state is of no use to this one.
  case differentOptimizer(path: String, found: String, expected: String)

  /// What was found and what to do.
  public var description: String {
    switch self {
    case .nothingToResume(let path):
      "there is no checkpoint '\(path)' to resume from; leave out --resume to start a new run"
    case .allDamaged(let reasons):
      "no checkpoint can be resumed from: \(reasons.joined(separator: "; ")); leave out --resume to start anew"
    case .damaged(let path, let reason):
      "checkpoint '\(path)' cannot be resumed from: \(reason); leave out --resume to start anew"
    case .differentRun(let path, let found, let expected):
      """
      checkpoint '\(path)' is of a run with other data or settings (\(found), now \(expected)); \
      resume with the options it was started with, or choose another --model folder
      """
    case .differentOptimizer(let path, let found, let expected):
      """
      checkpoint '\(path)' holds the state of optimizer '\(found)', not of '\(expected)'; \
      resume with --optimizer \(found), or choose another --model folder
      """
    }
  }
}

extension TrainingState {
  /// The state in a checkpoint.
  ///
  /// - Throws: ``ResumeError`` where it holds none.
  init(_ file: SafetensorsReader, path: String) throws {
    guard let text = file.metadata["training_state"],
      let state = try? JSONDecoder().decode(TrainingState.self, from: Data(text.utf8))
    else { throw ResumeError.damaged(path: path, reason: "it holds no training state") }
    let counts = [state.update, state.batchesDone, state.targetTokens, state.epoch - 1, state.shards - 1]
    guard (counts + [state.activationLimit ?? 0]).allSatisfy({ (0..<1 << 50).contains($0) }),
      state.seconds >= 0
    else {
      throw ResumeError.damaged(path: path, reason: "its training state holds impossible numbers")
    }
    self = state
  }
}

extension KeyedDecodingContainer {
  /// Runs that began before schedules had a state stand at its start.
  func decode(_ type: ScheduleProgress.Type, forKey key: Key) throws -> ScheduleProgress {
    try decodeIfPresent(type, forKey: key) ?? ScheduleProgress()
  }

  /// Runs that began when one metric alone was remembered have seen nothing of the others.
  func decode(_ type: [ValidationMetric: MetricProgress].Type, forKey key: Key) throws
    -> [ValidationMetric: MetricProgress]
  {
    try decodeIfPresent(type, forKey: key) ?? [:]
  }

  /// Runs that began before the loss was watched have seen nothing.
  func decode(_ type: LossWatch.Type, forKey key: Key) throws -> LossWatch {
    try decodeIfPresent(type, forKey: key) ?? LossWatch()
  }
}

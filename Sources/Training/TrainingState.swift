internal import Files
internal import Foundation
public import Tensors

/// The state of a run besides its weights: what `--resume` needs to continue as if the run had never stopped.
public struct TrainingState: Sendable, Equatable {
  /// The newest update, counted from 1; 0 before the first.
  public var update = 0
  /// The current epoch, counted from 1.
  public var epoch = 1
  /// Batches of the current epoch that are done.
  public var batchesDone = 0
  /// Seconds of training, including earlier parts of a resumed run.
  public var seconds = 0.0
  /// Target tokens trained on.
  public var targetTokens = 0
  /// The best model so far by ``ModelSelection/bestBy``: the one saved for translation.
  ///
  /// It may differ from the ``progress`` of that metric, which does not exist before the first score, and whose model
  /// may not have been saved.
  public var best = MetricProgress()
  /// Whether a model was validated.
  public var wasValidated: Bool {
    best.validationsWithoutProgress > 0 || validatedAt > 0 || best.scores != nil
  }
  /// The update of the newest validation.
  public var validatedAt = 0
  /// The best validation by each metric that has had a score.
  public var progress: [ValidationMetric: MetricProgress] = [:]
  /// The update whose validation was interrupted, to be repeated when the run is resumed; nil if there is none.
  public var interruptedValidation: Int?
  /// The state of the learning rate schedule.
  public var schedule = ScheduleProgress()
  /// Detects divergence of the loss.
  public var watch = LossWatch()
  /// Shards that each batch is cut into.
  public var shards = 1
  /// The limit on the activations of a piece of a shard, in floats.
  public var activationLimit: Int?
  /// How products of float32 are computed since the newest start; the library's if they are of bfloat16.
  public var float32Products = Float32Products.library
  /// A description of what must not change between the parts of a run.
  public var fingerprint = ""

  /// The start of a run.
  public init() {}

  /// The epoch of the newest update; right after the end of an epoch, that epoch, not the next.
  public var newestEpoch: Int { batchesDone == 0 ? max(1, epoch - 1) : epoch }

  /// Takes over the counts of validations without progress from another state, but not its best validations.
  mutating func countValidations(as other: TrainingState) {
    best.validationsWithoutProgress = other.best.validationsWithoutProgress
    for metric in progress.keys {
      let count = other.progress[metric]?.validationsWithoutProgress ?? 0
      progress[metric]?.validationsWithoutProgress = count
    }
  }
}

extension TrainingState: Codable {
  /// The names in checkpoints; the parts of ``TrainingState/best`` are at the top level.
  private enum CodingKeys: String, CodingKey {
    case update, epoch, batchesDone, seconds, targetTokens, validatedAt, progress, interruptedValidation
    case schedule, watch, shards, activationLimit, float32Products, fingerprint
    case bestScores = "best"
    case bestUpdate, averagedUpdates, validationsWithoutProgress
  }

  /// Decodes the state in a checkpoint, which may be older than some of its parts.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    update = try values.decode(Int.self, forKey: .update)
    epoch = try values.decode(Int.self, forKey: .epoch)
    batchesDone = try values.decode(Int.self, forKey: .batchesDone)
    seconds = try values.decode(Double.self, forKey: .seconds)
    targetTokens = try values.decode(Int.self, forKey: .targetTokens)
    best.scores = try values.decodeIfPresent(ValidationScores.self, forKey: .bestScores)
    best.update = try values.decode(Int.self, forKey: .bestUpdate)
    best.averagedUpdates = try values.decodeIfPresent([Int].self, forKey: .averagedUpdates)
    best.validationsWithoutProgress = try values.decode(Int.self, forKey: .validationsWithoutProgress)
    validatedAt = try values.decode(Int.self, forKey: .validatedAt)
    interruptedValidation = try values.decodeIfPresent(Int.self, forKey: .interruptedValidation)
    shards = try values.decode(Int.self, forKey: .shards)
    activationLimit = try values.decodeIfPresent(Int.self, forKey: .activationLimit)
    fingerprint = try values.decode(String.self, forKey: .fingerprint)
    // Older checkpoints lack these.
    progress = try values.decodeIfPresent([ValidationMetric: MetricProgress].self, forKey: .progress) ?? [:]
    schedule = try values.decodeIfPresent(ScheduleProgress.self, forKey: .schedule) ?? ScheduleProgress()
    watch = try values.decodeIfPresent(LossWatch.self, forKey: .watch) ?? LossWatch()
    float32Products =
      try values.decodeIfPresent(Float32Products.self, forKey: .float32Products) ?? .library
  }

  /// Encodes the state in the format of checkpoints.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(update, forKey: .update)
    try values.encode(epoch, forKey: .epoch)
    try values.encode(batchesDone, forKey: .batchesDone)
    try values.encode(seconds, forKey: .seconds)
    try values.encode(targetTokens, forKey: .targetTokens)
    try values.encodeIfPresent(best.scores, forKey: .bestScores)
    try values.encode(best.update, forKey: .bestUpdate)
    try values.encodeIfPresent(best.averagedUpdates, forKey: .averagedUpdates)
    try values.encode(best.validationsWithoutProgress, forKey: .validationsWithoutProgress)
    try values.encode(validatedAt, forKey: .validatedAt)
    try values.encode(progress, forKey: .progress)
    try values.encodeIfPresent(interruptedValidation, forKey: .interruptedValidation)
    try values.encode(schedule, forKey: .schedule)
    try values.encode(watch, forKey: .watch)
    try values.encode(shards, forKey: .shards)
    try values.encodeIfPresent(activationLimit, forKey: .activationLimit)
    try values.encode(fingerprint, forKey: .fingerprint)
    // Otherwise absent, as in older checkpoints.
    if float32Products != .library { try values.encode(float32Products, forKey: .float32Products) }
  }
}

extension TrainingState {
  /// The state in a checkpoint.
  ///
  /// - Throws: ``ResumeError`` if it holds none or an invalid one.
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

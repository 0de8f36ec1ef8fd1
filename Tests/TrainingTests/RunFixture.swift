import Autodiff
import Corpora
import Files
import Foundation
import Layers
import Models
import Synchronization
import TestSupport
import Training

/// A training run on the toy task in a temporary folder that records all events.
struct RunFixture {
  /// Computes the perplexity of 20 pairs by running the model, so that equal weights get equal scores.
  struct PerplexityValidator: Validator {
    func validate(_ model: TrainedTransformer, update: Int) -> ValidationScores {
      let batch = ToyTask.batch(20, seed: 1000)
      return ValidationScores(perplexity: model.loss(source: batch.source, target: batch.target).perplexity)
    }
  }

  /// Returns scores from a list, then repeats the last one.
  final class ListedScores: Validator {
    private let scores: Mutex<[ValidationScores]>

    init(_ scores: [ValidationScores]) { self.scores = Mutex(scores) }

    func validate(_ model: TrainedTransformer, update: Int) -> ValidationScores {
      scores.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    }
  }

  /// The record of a run.
  final class Record {
    var events: [String] = []
    var saved: [TrainingState] = []
    /// The best models by metric: the name of the metric and the update.
    var kept: [String] = []
    var failures: [String] = []
    var skipped: [SkippedBatch] = []
    var rollbacks: [(reason: Divergence, factor: Double)] = []
    var state = TrainingState()
    var updates = 0
    /// Updates since the last rollback.
    var sinceRollback = 0
    var profile: TrainingProfile?
    var shortened: [ShortenedWarmup] = []
    /// The bits of the weights after the run.
    var weights: [UInt32] = []

    func note(_ event: TrainingEvent) {
      switch event {
      case .updated(_, let state, _):
        (updates, self.state) = (state.update, state)
        sinceRollback += 1
        events.append("updated \(state.update)")
      case .logged(let entry): events.append("logged \(entry.update)")
      case .validating(let state): events.append("validating \(state.update)")
      case .validated(_, let state, let isBest):
        events.append("validated \(state.update)\(isBest ? ", best" : "")")
      case .averaging(let files): events.append("averaging \(files.map(\.update))")
      case .warmupShortened(let warmup, let state):
        events.append("warm-up shortened at \(state.update)")
        shortened.append(warmup)
      case .skipped(let batch, _):
        events.append("skipped")
        skipped.append(batch)
      case .rolledBack(let reason, let from, let factor, let state):
        events.append("rolled back from \(from) to \(state.update)")
        rollbacks.append((reason, factor))
        (self.state, sinceRollback) = (state, 0)
      case .saved(_, let state): events.append("saved \(state.update)")
      case .saveFailed(let reason): failures.append(reason)
      }
    }
  }

  /// Follows the fixture, and records events.
  final class Delegate: TrainingDelegate {
    let fixture: RunFixture
    let batcher: Batcher
    let record: Record
    /// The update after which Ctrl-C is pressed.
    let last: Int
    weak var run: TrainingRun?

    init(fixture: RunFixture, batcher: Batcher, record: Record, last: Int) {
      (self.fixture, self.batcher, self.record, self.last) = (fixture, batcher, record, last)
    }

    /// The newest update of this process, which may not be the one that receives events.
    private var update: Int { run?.state.update ?? 0 }

    func batches(epoch: Int) throws -> any EpochBatches {
      try fixture.beginEpoch(epoch)
      return PlannedBatches(batcher, epoch: epoch)
    }

    func saveBestModel(_ model: TrainedTransformer, state: TrainingState) throws {
      try fixture.saveModel(model, state)
      record.saved.append(state)
    }

    func saveBestModel(_ model: TrainedTransformer, by metric: ValidationMetric, state: TrainingState) throws
    {
      try fixture.saveBest(state, metric)
      record.kept.append("\(metric) \(state.update)")
    }

    func shouldStop() -> Bool { update >= last || fixture.stopWhen(record) }

    func shouldSaveCheckpoint() -> Bool { fixture.saveAt.contains(update) }

    func observe(_ event: TrainingEvent) { record.note(event) }
  }

  let folder: TemporaryFolder
  var plan: TrainingPlan
  var options = ToyTask.options(shards: 2, threads: 2)
  var dropout: Float = 0.1
  var tying = EmbeddingTying.all
  /// Called before the run to change the weights.
  var prepare: (Trainer) -> Void = { _ in }
  /// Called before the batches of an epoch are made.
  var beginEpoch: (_ epoch: Int) throws -> Void = { _ in }
  /// Another condition on which to stop.
  var stopWhen: (Record) -> Bool = { _ in false }
  var validator: any Validator = PerplexityValidator()
  /// 100 pairs in batches of at most 64 tokens: about ten updates an epoch.
  var corpus = ToyTask.corpus(100)
  var batchTokens = 64
  /// Updates after which a checkpoint is requested.
  var saveAt: Set<Int> = []
  var saveModel: (TrainedTransformer, TrainingState) throws -> Void = { _, _ in }
  var saveBest: (TrainingState, ValidationMetric) throws -> Void = { _, _ in }

  init() throws { self.init(folder: try TemporaryFolder()) }

  init(folder: TemporaryFolder) {
    self.folder = folder
    plan = TrainingPlan(folder: folder.path, fingerprint: "toy")
    (plan.validateEvery, plan.logEvery, plan.patience) = (5, 2, 0)
  }

  var updatesPerEpoch: Int { Batcher(corpus, batchTokens: batchTokens, seed: 1).batches(epoch: 1).count }

  /// Trains; `stoppingAt` is the update after which Ctrl-C is pressed.
  func run(
    resuming: Bool = false, stoppingAt last: Int = .max, reducer: any GradientReducer = WorkerOrderSum()
  ) throws -> (end: TrainingEnd, record: Record) {
    let record = Record()
    let batcher = Batcher(corpus, batchTokens: batchTokens, seed: options.seed)
    let trainer = Trainer(ToyTask.model(dropout: dropout, tying: tying), options: options, reducer: reducer)
    prepare(trainer)
    let delegate = Delegate(fixture: self, batcher: batcher, record: record, last: last)
    let run = try TrainingRun(
      trainer: trainer, plan: plan,
      resuming: resuming ? CheckpointFiles(modelFolder: plan.folder).newest() : nil,
      validator: validator, delegate: delegate)
    delegate.run = run
    let end = try run.run()
    (record.state, record.profile) = (run.state, run.trainer.profile)
    record.weights = trainer.parameters.bits
    return (end, record)
  }

  /// The tensors of the checkpoint: weights, moments and average.
  func checkpoint() throws -> [SafetensorsFile.Tensor] {
    try SafetensorsFile(path: plan.checkpointPath).tensors
  }

  /// The lines of the log.
  func log() throws -> [[String: Any]] {
    try String(contentsOfFile: folder("train.jsonl"), encoding: .utf8).split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
    }
  }
}

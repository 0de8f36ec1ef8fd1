import Autodiff
import Corpora
import Files
import Foundation
import Layers
import Models
import Synchronization
import TestSupport
import Training

/// A training run on the toy task in a folder of its own, with everything that it tells written down.
struct RunFixture {
  /// Scores by perplexity of the whole corpus; really runs the model, so that equal weights score equally.
  struct PerplexityValidator: Validator {
    func validate(_ model: TrainedTransformer, update: Int) -> ValidationScores {
      let batch = ToyTask.batch(20, seed: 1000)
      return ValidationScores(perplexity: model.loss(source: batch.source, target: batch.target).perplexity)
    }
  }

  /// Gives scores from a list, and the last of them for ever.
  final class ListedScores: Validator {
    private let scores: Mutex<[ValidationScores]>

    init(_ scores: [ValidationScores]) { self.scores = Mutex(scores) }

    func validate(_ model: TrainedTransformer, update: Int) -> ValidationScores {
      scores.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    }
  }

  /// What a run did.
  final class Record {
    var events: [String] = []
    var saved: [TrainingState] = []
    /// The best by a metric: its name, and the update.
    var kept: [String] = []
    var failures: [String] = []
    var skipped: [SkippedBatch] = []
    var rollbacks: [(reason: Divergence, factor: Double)] = []
    var state = TrainingState()
    var updates = 0
    /// Updates since the newest rollback.
    var sinceRollback = 0
    var profile: TrainingProfile?
  }

  let folder: TemporaryFolder
  var plan: TrainingPlan
  var options = ToyTask.options(shards: 2, threads: 2)
  var dropout: Float = 0.1
  var tying = EmbeddingTying.all
  /// What happens to the weights before the run.
  var prepare: (Trainer) -> Void = { _ in }
  /// Another reason to press Ctrl-C.
  var stopWhen: (Record) -> Bool = { _ in false }
  var validator: any Validator = PerplexityValidator()
  /// 100 pairs in batches of at most 64 tokens: about ten updates an epoch.
  var corpus = ToyTask.corpus(100)
  var batchTokens = 64
  /// Updates after which somebody asks for a checkpoint.
  var saveAt: Set<Int> = []
  var saveModel: (TrainedTransformer, TrainingState) throws -> Void = { _, _ in }
  var saveBest: (TrainingState, ValidationMetric) throws -> Void = { _, _ in }

  init() throws {
    folder = try TemporaryFolder()
    plan = TrainingPlan(folder: folder.path, fingerprint: "toy")
    (plan.validateEvery, plan.logEvery, plan.patience) = (5, 2, 0)
  }

  var updatesPerEpoch: Int { Batcher(corpus, batchTokens: batchTokens, seed: 1).batches(epoch: 1).count }

  /// Trains; `stoppingAt` stands for somebody who presses Ctrl-C after that update.
  func run(resuming: Bool = false, stoppingAt last: Int = .max) throws -> (end: TrainingEnd, record: Record) {
    let record = Record()
    let batcher = Batcher(corpus, batchTokens: batchTokens, seed: options.seed)
    let trainer = Trainer(ToyTask.model(dropout: dropout, tying: tying), options: options)
    prepare(trainer)
    var run = try TrainingRun(
      trainer: trainer, plan: plan,
      resuming: resuming ? CheckpointFiles(modelFolder: plan.folder).newest() : nil,
      validator: validator, batcher: { _ in batcher },
      saveModel: { model, state in
        try saveModel(model, state)
        record.saved.append(state)
      },
      saveBest: { _, state, metric in
        try saveBest(state, metric)
        record.kept.append("\(metric) \(state.update)")
      },
      shouldStop: { record.updates >= last || stopWhen(record) },
      shouldSave: { saveAt.contains(record.updates) },
      observe: { observe($0, record) })
    let end = try run.run()
    (record.state, record.profile) = (run.state, run.trainer.profile)
    return (end, record)
  }

  private func observe(_ event: TrainingEvent, _ record: Record) {
    switch event {
    case .updated(_, let state, _):
      (record.updates, record.state) = (state.update, state)
      record.sinceRollback += 1
      record.events.append("updated \(state.update)")
    case .logged(let entry): record.events.append("logged \(entry.update)")
    case .validating(let state): record.events.append("validating \(state.update)")
    case .validated(_, let state, let isBest):
      record.events.append("validated \(state.update)\(isBest ? ", best" : "")")
    case .averaging(let files): record.events.append("averaging \(files.map(\.update))")
    case .skipped(let batch, _):
      record.events.append("skipped")
      record.skipped.append(batch)
    case .rolledBack(let reason, let from, let factor, let state):
      record.events.append("rolled back from \(from) to \(state.update)")
      record.rollbacks.append((reason, factor))
      (record.state, record.sinceRollback) = (state, 0)
    case .saved(_, let state): record.events.append("saved \(state.update)")
    case .saveFailed(let reason): record.failures.append(reason)
    }
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

import Autodiff
import Corpora
import Files
import Foundation
import Models
import Synchronization
import TestSupport
import Training

/// A training run on the toy task in a folder of its own, with everything that it tells written down.
struct RunFixture {
  /// Scores by perplexity of the whole corpus; really runs the model, so that equal weights score equally.
  struct PerplexityValidator: Validator {
    func validate(_ model: TrainedTransformer) -> ValidationScores {
      let batch = ToyTask.batch(20, seed: 1000)
      return ValidationScores(perplexity: model.loss(source: batch.source, target: batch.target).perplexity)
    }
  }

  /// Gives scores from a list, and the last of them for ever.
  final class ListedScores: Validator {
    private let scores: Mutex<[ValidationScores]>

    init(_ scores: [ValidationScores]) { self.scores = Mutex(scores) }

    func validate(_ model: TrainedTransformer) -> ValidationScores {
      scores.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    }
  }

  /// What a run did.
  final class Record {
    var events: [String] = []
    var saved: [TrainingState] = []
    var failures: [String] = []
    var state = TrainingState()
    var updates = 0
    var profile: TrainingProfile?
  }

  let folder: TemporaryFolder
  var plan: TrainingPlan
  var options = ToyTask.options(shards: 2, threads: 2)
  var dropout: Float = 0.1
  var validator: any Validator = PerplexityValidator()
  /// 100 pairs in batches of at most 64 tokens: about ten updates an epoch.
  var corpus = ToyTask.corpus(100)
  var batchTokens = 64
  var saveModel: (TrainedTransformer, TrainingState) throws -> Void = { _, _ in }

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
    var run = try TrainingRun(
      trainer: Trainer(ToyTask.model(dropout: dropout), options: options), plan: plan, resuming: resuming,
      validator: validator, batcher: { _ in batcher },
      saveModel: { model, state in
        try saveModel(model, state)
        record.saved.append(state)
      },
      shouldStop: { record.updates >= last }, observe: { observe($0, record) })
    let end = try run.run()
    (record.state, record.profile) = (run.state, run.trainer.profile)
    return (end, record)
  }

  private func observe(_ event: TrainingEvent, _ record: Record) {
    switch event {
    case .updated(_, let state, _):
      record.updates = state.update
      record.events.append("updated \(state.update)")
    case .logged(let entry): record.events.append("logged \(entry.update)")
    case .validating(let state): record.events.append("validating \(state.update)")
    case .validated(_, let state, let isBest):
      record.events.append("validated \(state.update)\(isBest ? ", best" : "")")
    case .averaging(let files): record.events.append("averaging \(files.map(\.update))")
    case .skipped: record.events.append("skipped")
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

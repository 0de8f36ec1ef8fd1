import Corpora
import Files
import Formatting
import ModelFolders
import Models
import Recipes
import Tensors
import Training

/// `training.json`: where a model comes from.
struct TrainingManifest: Codable {
  var command: [String]
  var version: String
  var seed: UInt64
  var shards: Int
  var threads: Int
  var hardware: Hardware
  var matrixKernels: String
  /// R-Drop and what else acted on training alone; nil for nothing.
  var regularization: [String: Double]?
  /// What the preset `auto` chose, and why; nil without it.
  var choices: [ManifestChoice]?
  /// What the factors of matrix products were rounded to.
  var precision: String
  /// The model whose weights the training started with; nil: they were drawn at random.
  var initializedFrom: StartingModel.Record?
  /// Parts of the weights that stayed as they were there.
  var frozen: [String]?
  /// The model whose translations were learned; nil: those of the training text.
  var distilledFrom: Distillation.Manifest?
  /// Checksums of the files, by path.
  var data: [String: String]
  /// The training files with their pairs, weights and tags, in order.
  var trainFiles: [CorpusRecord]
  /// The validation files.
  var validFiles: [CorpusRecord]
  var pairs: Int
  var update = 0
  var epoch = 0
  var seconds = 0.0
  var targetTokens = 0
  var validPerplexity: Double?
  var validBLEU: Double?
  /// The settings of that BLEU, of text that was decoded greedily, as sacreBLEU writes them.
  var validBLEUSignature: String?
  var validChrF: Double?
  var validChrFSignature: String?
  /// The score that the user's own program gave, and its command.
  var validScript: Double?
  var validScriptCommand: String?
  /// The metric by which no other model of the training is better.
  var bestBy: String
  /// Times that the training diverged and went on with half the learning rate.
  var rollbacks = 0
  /// The updates whose weights the model is the average of, where it is one.
  var averagedUpdates: [Int]?

  /// The manifest of a training that has not begun.
  ///
  /// - Parameters:
  ///   - settings: of the training.
  ///   - shards: in use.
  ///   - data: the text.
  ///   - origin: what it starts from and learns from.
  ///   - signatures: of its scores.
  /// - Throws: `FileError` for a file that cannot be read again.
  init(
    _ settings: TrainingSettings, shards: Int, data: TrainingData, origin: TrainingOrigin,
    signatures: ScoreSignatures
  ) throws {
    command = CommandLine.arguments
    version = packageVersion
    (seed, self.shards) = (settings.trainer.seed, shards)
    (threads, hardware) = (settings.trainer.threads, Hardware())
    (matrixKernels, precision) = (matrixProductDescription(), settings.trainer.precision.rawValue)
    regularization = settings.regularization
    (validBLEUSignature, validChrFSignature) = (signatures.bleu, signatures.chrf)
    (validScriptCommand, bestBy) = (signatures.script, settings.plan.selection.bestBy.rawValue)
    choices = settings.choices.isEmpty ? nil : settings.choices.map(ManifestChoice.init)
    pairs = data.train.count
    trainFiles = zip(data.train.parts, settings.corpora.train.map(\.tag)).map(CorpusRecord.init)
    validFiles = zip(data.valid.parts, settings.corpora.valid.map(\.tag)).map(CorpusRecord.init)
    (initializedFrom, distilledFrom) = (origin.start?.record, origin.distillation)
    frozen = settings.frozen.isEmpty ? nil : settings.frozen.map(\.rawValue)
    self.data = try Self.checksums(settings)
  }

  /// Checksums of the text and of the vocabulary as it lies where it was read.
  private static func checksums(_ settings: TrainingSettings) throws(FileError) -> [String: String] {
    let text = settings.corpora.train + settings.corpora.valid
    let paths =
      text.flatMap { [$0.source, $0.target] + [$0.alignment].compactMap(\.self) }
      + ModelFolder(settings.vocabularyFolder).vocabularyFiles
    var checksums: [String: String] = [:]
    for path in Set(paths) where regularFileExists(path) { checksums[path] = try fileChecksum(path: path) }
    return checksums
  }

  mutating func note(_ state: TrainingState) {
    (update, epoch, seconds, targetTokens) = (state.update, state.epoch, state.seconds, state.targetTokens)
    (validPerplexity, validBLEU) = (state.best.scores?.perplexity, state.best.scores?.bleu)
    (validChrF, validScript) = (state.best.scores?.chrf, state.best.scores?.script)
    (averagedUpdates, rollbacks) = (state.best.averagedUpdates, state.watch.rollbacks)
  }

  private enum CodingKeys: String, CodingKey {
    case command, version, seed, shards, threads, hardware, precision, regularization, choices, frozen, data
    case pairs, update, epoch, seconds, rollbacks
    case initializedFrom = "initialized_from"
    case distilledFrom = "distilled_from"
    case trainFiles = "train_files"
    case validFiles = "valid_files"
    case matrixKernels = "matrix_kernels"
    case targetTokens = "target_tokens"
    case validPerplexity = "valid_perplexity"
    case validBLEU = "valid_bleu"
    case validBLEUSignature = "valid_bleu_signature"
    case validChrF = "valid_chrf"
    case validChrFSignature = "valid_chrf_signature"
    case validScript = "valid_script"
    case validScriptCommand = "valid_script_command"
    case bestBy = "best_by"
    case averagedUpdates = "averaged_updates"
  }
}

/// A setting that the preset `auto` chose, or would have chosen.
struct ManifestChoice: Codable {
  var option: String
  var value: String
  var reason: String
  var source: String
  /// Whether another value was given.
  var given: Bool

  init(_ applied: AppliedChoice) {
    (option, value) = (applied.choice.option, applied.choice.value)
    (reason, source, given) = (applied.choice.reason, applied.choice.source, applied.isGiven)
  }
}

/// Where the weights and targets of a training come from, if not from chance and from its text.
struct TrainingOrigin {
  var start: StartingModel?
  var distillation: Distillation.Manifest?
}

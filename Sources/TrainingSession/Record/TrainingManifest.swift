import Corpora
import CorpusShards
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
  /// R-Drop and other regularization that affects only training; nil for none.
  var regularization: [String: Double]?
  /// What the preset `auto` chose, and why; nil without it.
  var choices: [ManifestChoice]?
  /// The precision of matrix products.
  var precision: String
  /// The model whose weights the training started from; nil if they were initialized at random.
  var initializedFrom: StartingModel.Record?
  /// Frozen parts of those weights.
  var frozen: [String]?
  /// The teacher whose translations were learned; nil if the given translations were.
  var distilledFrom: Distillation.Manifest?
  /// How the session aligned the training text; nil if it did not.
  var aligned: AutomaticAlignment.Manifest?
  /// Checksums of the files, by path.
  var data: [String: String]
  /// The training files with their pairs, weights and tags, in order.
  var trainFiles: [CorpusRecord]
  /// The prepared corpus that the pairs come from, and its digest; nil if they come from text.
  var preparedCorpus: PreparedCorpusRecord?
  /// The validation files.
  var validFiles: [CorpusRecord]
  /// The files that text was converted from, for training and then for validation; nil for none.
  var convertedFrom: [CorpusConversion.Record]?
  var pairs: Int
  var update = 0
  var epoch = 0
  var seconds = 0.0
  var targetTokens = 0
  var validPerplexity: Double?
  var validBLEU: Double?
  /// The signature of that score, of greedily decoded text, in sacreBLEU's format.
  var validBLEUSignature: String?
  var validChrF: Double?
  var validChrFSignature: String?
  /// The score of the user's program, and its command.
  var validScript: Double?
  var validScriptCommand: String?
  /// The metric by which this is the best model of the training.
  var bestBy: String
  /// Number of rollbacks, each of which halved the learning rate.
  var rollbacks = 0
  /// The updates whose weights were averaged; nil if the model is not an average.
  var averagedUpdates: [Int]?

  /// The manifest of a training that has not started.
  ///
  /// - Parameters:
  ///   - settings: of the training.
  ///   - command: the command line that it was started with.
  ///   - options: with the shards and products in use.
  ///   - data: the text.
  ///   - origin: where its weights and targets come from.
  ///   - signatures: those of its scores.
  /// - Throws: `FileError` for a file that cannot be read again.
  init(
    _ settings: TrainingSettings, command: [String], options: TrainerOptions, data: TrainingData,
    origin: TrainingOrigin,
    signatures: ScoreSignatures
  ) throws {
    self.command = command
    version = packageVersion
    (seed, self.shards) = (settings.trainer.seed, options.shards)
    (threads, hardware) = (settings.trainer.threads, Hardware())
    matrixKernels = ProductKernels(float32: options.float32Products).description
    precision = options.precision.rawValue
    regularization = settings.regularization
    if data.spanShare > 0 {
      regularization = (regularization ?? [:]).merging(["train_spans": data.spanShare]) { $1 }
    }
    if data.termShare > 0 {
      regularization = (regularization ?? [:]).merging(["annotate_terms": data.termShare]) { $1 }
    }
    (validBLEUSignature, validChrFSignature) = (signatures.bleu, signatures.chrf)
    (validScriptCommand, bestBy) = (signatures.script, settings.plan.selection.bestBy.rawValue)
    choices = settings.choices.isEmpty ? nil : settings.choices.map(ManifestChoice.init)
    pairs = data.pairCount
    trainFiles =
      data.prepared?.corpus.manifest.files.map(CorpusRecord.init)
      ?? zip(data.train.parts, settings.corpora.train.map(\.tag)).map(CorpusRecord.init)
    preparedCorpus = data.prepared.map { PreparedCorpusRecord($0.corpus) }
    validFiles = zip(data.valid.parts, settings.corpora.valid.map(\.tag)).map(CorpusRecord.init)
    (initializedFrom, distilledFrom) = (origin.start?.record, origin.distillation)
    aligned = origin.alignment
    frozen = settings.frozen.isEmpty ? nil : settings.frozen.map(\.rawValue)
    convertedFrom = origin.conversions.isEmpty ? nil : origin.conversions
    self.data = try Self.checksums(settings)
  }

  /// Checksums of the text files, and of the vocabulary files in the folder they were read from.
  private static func checksums(_ settings: TrainingSettings) throws(FileError) -> [String: String] {
    let text = settings.corpora.train + settings.corpora.valid
    let paths =
      text.flatMap { [$0.source, $0.target] + [$0.alignment].compactMap(\.self) }
      + ModelFolder(settings.vocabularyFolder).vocabularyFiles
      + [settings.corpora.prepared?.folder].compactMap { $0.map { "\($0)/\(CorpusManifest.name)" } }
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
    case aligned
    case pairs, update, epoch, seconds, rollbacks
    case initializedFrom = "initialized_from"
    case distilledFrom = "distilled_from"
    case trainFiles = "train_files"
    case preparedCorpus = "prepared_corpus"
    case validFiles = "valid_files"
    case convertedFrom = "converted_from"
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
  /// Whether a value was given instead.
  var given: Bool

  init(_ applied: AppliedChoice) {
    (option, value) = (applied.choice.option, applied.choice.value)
    (reason, source, given) = (applied.choice.reason, applied.choice.source, applied.isGiven)
  }
}

/// A prepared corpus in `training.json`.
struct PreparedCorpusRecord: Codable {
  var folder: String
  var digest: String

  init(_ corpus: PreparedCorpus) { (folder, digest) = (corpus.folder, corpus.manifest.digest) }
}

/// Where the weights and targets of a training come from: a starting model and a teacher, if any.
struct TrainingOrigin {
  var start: StartingModel?
  var distillation: Distillation.Manifest?
  var conversions: [CorpusConversion.Record] = []
  var alignment: AutomaticAlignment.Manifest?
}

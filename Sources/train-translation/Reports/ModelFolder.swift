import CommandLineArguments
import Corpora
import Files
import Foundation
import Models
import Recipes
import Tensors
import Text
import Training

/// The folder that a training writes: for `translate`, the best model so far and its vocabulary.
struct ModelFolder {
  let path: String
  let pipeline: TextPipeline
  var manifest: TrainingManifest

  /// Refuses a folder that holds a model, unless the user said what to do with it.
  ///
  /// - Throws: `ArgumentError` or `FileError`.
  static func prepare(_ arguments: TrainTranslationArguments) throws {
    let path = arguments.model
    let holdsModel = [ModelFiles.weights, "train.jsonl"].contains { fileExists("\(path)/\($0)") }
    if holdsModel && !arguments.resume && !arguments.overwrite {
      throw ArgumentError.conflict(
        "folder '\(path)' holds a training already; give --resume to go on with it, --overwrite to start anew"
      )
    }
    try createFolder(path)
    try requireWritableFolder(path)
    if !arguments.resume, !arguments.isResolved { RecipeFile.remove(from: path) }
    // It tells of an earlier training, or of an earlier part.
    try? FileManager.default.removeItem(atPath: "\(path)/\(ProfileReport.fileName)")
    if !arguments.resume { StartingModel.forget(in: path) }
  }

  /// Writes the model with everything that translating with it needs.
  func save(_ model: TrainedTransformer, state: TrainingState) throws {
    try pipeline.write(to: path)
    var manifest = manifest
    manifest.note(state)
    try ModelFiles.write(
      model, metadata: ["format": "pt", "update": "\(state.update)"], folder: path)
    try writeJSON(manifest, path: "\(path)/training.json")
  }
}

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
  /// What `--preset auto` chose, and why; nil without it.
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

  init(
    _ arguments: TrainTranslationArguments, start: StartingModel?, distillation: Distillation?, shards: Int,
    data: TrainingData, signatures: ScoreSignatures, choices: [Choice]
  ) throws {
    command = CommandLine.arguments
    version = CommandDescription.packageVersion
    (seed, self.shards) = (arguments.seed, shards)
    (threads, hardware) = (arguments.threads, Hardware())
    (matrixKernels, precision) = (matrixProductDescription(), arguments.precision.rawValue)
    regularization = arguments.regularizationInUse
    (validBLEUSignature, validChrFSignature) = (signatures.bleu, signatures.chrf)
    (validScriptCommand, bestBy) = (signatures.script, arguments.validation.bestBy.rawValue)
    self.choices =
      choices.isEmpty ? nil : choices.map { ManifestChoice($0, isGiven: arguments.isGiven($0)) }
    pairs = data.train.count
    trainFiles = zip(data.train.parts, arguments.trainTags).map(CorpusRecord.init)
    validFiles = zip(data.valid.parts, arguments.validTags).map(CorpusRecord.init)
    initializedFrom = start?.record
    distilledFrom = distillation?.manifest
    frozen = arguments.frozenParts.isEmpty ? nil : arguments.frozenParts.map(\.rawValue)
    // Of the vocabulary as it lies where it was read.
    let vocabulary = [
      "vocab.txt", "vocab.source.txt", "vocab.target.txt", "bpe.codes", "bpe.source.codes",
      "bpe.target.codes", "pipeline.json",
    ]
    .map { "\(arguments.vocabulary.isEmpty ? start?.folder ?? "" : arguments.vocabulary)/\($0)" }
    let files = [
      arguments.trainSource, arguments.trainTarget, arguments.validSource, arguments.validTarget, vocabulary,
      arguments.alignment.files,
    ]
    self.data = [:]
    for path in files.joined() where regularFileExists(path) {
      self.data[path] = try fileChecksum(path: path)
    }
  }

  mutating func note(_ state: TrainingState) {
    (update, epoch, seconds, targetTokens) = (state.update, state.epoch, state.seconds, state.targetTokens)
    (validPerplexity, validBLEU) = (state.best?.perplexity, state.best?.bleu)
    (validChrF, validScript) = (state.best?.chrf, state.best?.script)
    (averagedUpdates, rollbacks) = (state.averagedUpdates, state.watch.rollbacks)
  }

  private enum CodingKeys: String, CodingKey {
    case command, version, seed, shards, threads, hardware, precision, regularization, choices, frozen, data
    case pairs,
      update,
      epoch, seconds,
      rollbacks
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

/// A setting that `--preset auto` chose, or would have chosen.
struct ManifestChoice: Codable {
  var option: String
  var value: String
  var reason: String
  var source: String
  /// Whether another value was given.
  var given: Bool

  init(_ choice: Choice, isGiven: Bool) {
    (option, value) = (choice.option, choice.value)
    (reason, source, given) = (choice.reason, choice.source, isGiven)
  }
}

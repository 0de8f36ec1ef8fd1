import CommandLineArguments
import Files
import Foundation
import ModelFolders
import Models
import Tensors
import Text

/// The model that a training starts from, as `--initialize-from` names it.
///
/// What a resumed run must know of it is kept beside the checkpoints: it goes on when that model is gone, or has
/// become another.
struct StartingModel {
  /// Where the weights came from, as `training.json` says it.
  struct Record: Codable, Equatable {
    /// The model's folder.
    let folder: String
    /// A checksum of its weights.
    let weights: String
  }

  let record: Record
  let configuration: ModelConfiguration
  let pipeline: TextPipeline
  /// The folder that architecture and vocabulary were read from.
  let folder: String

  /// What the arguments ask for, or what the run that is resumed began with; nil: weights are drawn at random.
  ///
  /// - Throws: `ArgumentError`, or what is wrong with the model's files.
  static func find(_ arguments: TrainTranslationArguments) throws -> StartingModel? {
    guard arguments.resume else { return try arguments.initializeFrom.map(StartingModel.init) }
    let kept = keptFolder(arguments.model)
    guard folderExists(kept) else {
      guard let folder = arguments.initializeFrom else { return nil }
      throw ArgumentError.conflict(
        "the run in '\(arguments.model)' was not started from another model; leave out '--initialize-from \(folder)', "
          + "or choose another --model folder")
    }
    return try StartingModel(record: readJSON(path: "\(kept)/\(recordName)"), folder: kept)
  }

  private init(folder: String) throws {
    let weights = "\(folder)/\(ModelFiles.weights)"
    guard fileExists(weights) else {
      throw ArgumentError.conflict(
        "'--initialize-from \(folder)' names no model folder: there is no '\(weights)'; give a folder that "
          + "train-translation or average-checkpoints wrote")
    }
    try self.init(record: Record(folder: folder, weights: fileChecksum(path: weights)), folder: folder)
  }

  private init(record: Record, folder: String) throws {
    (self.record, self.folder) = (record, folder)
    (configuration, pipeline) = try ModelFolders.ModelFolder(folder).readDescription()
  }

  /// The vocabulary to train with: the model's own.
  ///
  /// - Throws: `VocabularyDifference` where `--vocab` is another.
  func pipeline(_ arguments: TrainTranslationArguments) throws -> TextPipeline {
    guard !arguments.vocabulary.isEmpty else { return pipeline }
    let given = try TextPipeline(folder: arguments.vocabulary)
    if let difference = VocabularyDifference(
      given, in: arguments.vocabulary, from: pipeline, in: folder)
    {
      throw difference
    }
    return given
  }

  /// The weights; a resumed run takes them from its checkpoint.
  ///
  /// - Parameters:
  ///   - architecture: the model's, maybe with a decoder that predicts all tokens at once beside its own or instead of
  ///     it. Where the model has none, it begins with the layers of the one that it has; the rest is drawn at random.
  ///   - seed: of what is drawn.
  /// - Returns: all weights of the architecture.
  /// - Throws: `CheckpointError` or `FileError`.
  func weights(of architecture: Transformer, seed: UInt64) throws -> FlatBuffer {
    let path = "\(record.folder)/\(ModelFiles.weights)"
    let model = Transformer(configuration)
    let known = Set(model.parameters.map(\.name))
    var items = architecture.parameters.filter { known.contains($0.name) }
    if configuration.nonautoregressive == nil { items += architecture.counterparts(in: model) }
    let weights = architecture.initialParameters(seed: seed)
    try architecture.readParameters(items, SafetensorsReader(path: path), path: path, into: weights)
    return weights
  }

  /// What must not change between the parts of a run.
  func words(frozen: [ModelPart]) -> String {
    ", started from weights with checksum \(record.weights)"
      + (frozen.isEmpty ? "" : ", frozen \(frozen.map(\.rawValue).joined(separator: " and "))")
  }

  // MARK: - What is kept for --resume

  private static let recordName = "start.json"

  private static func keptFolder(_ model: String) -> String { "\(model)/checkpoints/start" }

  /// Forgets what an earlier run in a model folder started from.
  static func forget(in model: String) {
    try? FileManager.default.removeItem(atPath: keptFolder(model))
  }

  /// Writes what a resumed run needs, the record last.
  func keep(in model: String) throws {
    let kept = Self.keptFolder(model)
    try pipeline.write(to: kept)
    try writeJSON(configuration, path: "\(kept)/\(ModelFiles.configuration)")
    try writeJSON(record, path: "\(kept)/\(Self.recordName)")
  }
}

import Files
import Foundation
import ModelFolders
import Models
import Tensors
import Text

/// The model that a training starts from.
///
/// What a resumed run must know of it is kept beside the checkpoints: the run resumes when that model is gone, or has
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

  /// What a request asks for, or what the run that is resumed began with; nil: weights are drawn at random.
  ///
  /// - Throws: ``TrainingRequestError``, or what is wrong with the model's files.
  static func find(_ request: TrainingRequest) throws -> StartingModel? {
    guard request.files.resume else { return try request.start.folder.map(StartingModel.init) }
    let kept = keptFolder(request.files.model)
    guard folderExists(kept) else {
      guard let folder = request.start.folder else { return nil }
      throw TrainingRequestError.conflict(
        "the run in '\(request.files.model)' was not started from another model; leave out "
          + "'--initialize-from \(folder)', or choose another --model folder")
    }
    return try StartingModel(record: readJSON(path: "\(kept)/\(recordName)"), folder: kept)
  }

  private init(folder: String) throws {
    let weights = ModelFolder(folder).weights
    guard fileExists(weights) else {
      throw TrainingRequestError.conflict(
        "'--initialize-from \(folder)' names no model folder: there is no '\(weights)'; give a folder that "
          + "train-translation or average-checkpoints wrote")
    }
    try self.init(record: Record(folder: folder, weights: fileChecksum(path: weights)), folder: folder)
  }

  private init(record: Record, folder: String) throws {
    (self.record, self.folder) = (record, folder)
    (configuration, pipeline) = try ModelFolder(folder).readDescription()
  }

  /// The vocabulary to train with: the model's own.
  ///
  /// - Parameter given: the vocabulary folder that was given; empty for none.
  /// - Returns: what was read there, or the model's.
  /// - Throws: `VocabularyDifference` where it holds another.
  func pipeline(given: String) throws -> TextPipeline {
    guard !given.isEmpty else { return pipeline }
    let read = try TextPipeline(folder: given)
    if let difference = VocabularyDifference(read, in: given, from: pipeline, in: folder) { throw difference }
    return read
  }

  /// The weights; a resumed run takes them from its checkpoint.
  ///
  /// - Parameters:
  ///   - architecture: the model's, maybe with a non-autoregressive decoder beside its own or instead of it. Where the
  ///     model has none, it begins with the layers of the one that it has; the rest is drawn at random.
  ///   - seed: of what is drawn.
  /// - Returns: all weights of the architecture.
  /// - Throws: `CheckpointError` or `FileError`.
  func weights(of architecture: Transformer, seed: UInt64) throws -> FlatBuffer {
    let path = ModelFolder(record.folder).weights
    let model = Transformer(configuration)
    let known = Set(model.parameters.map(\.name))
    var items = architecture.parameters.filter { known.contains($0.name) }
    if configuration.nonautoregressive == nil { items += architecture.counterparts(in: model) }
    let weights = architecture.initialParameters(seed: seed)
    try architecture.readParameters(items, SafetensorsReader(path: path), path: path, into: weights)
    return weights
  }

  // MARK: - What is kept for resuming

  private static let recordName = "start.json"

  private static func keptFolder(_ model: String) -> String { "\(ModelFolder(model).checkpoints)/start" }

  /// Forgets what an earlier run in a model folder started from.
  static func forget(in model: String) {
    try? FileManager.default.removeItem(atPath: keptFolder(model))
  }

  /// Writes what a resumed run needs, the record last.
  func keep(in model: String) throws {
    let kept = Self.keptFolder(model)
    try pipeline.write(to: kept)
    try writeJSON(configuration, path: ModelFolder(kept).configuration)
    try writeJSON(record, path: "\(kept)/\(Self.recordName)")
  }
}

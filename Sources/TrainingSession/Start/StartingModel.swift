import Files
import Foundation
import ModelFolders
import Models
import Tensors
import Text

/// The model that a training starts from.
///
/// What a resumed run needs of it is kept next to the checkpoints, so the run can be resumed even if that model is gone
/// or has changed.
struct StartingModel {
  /// Where the weights came from, as recorded in `training.json`.
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

  /// The requested starting model, or that of the resumed run; nil if weights are initialized at random.
  ///
  /// - Throws: ``TrainingRequestError``, or errors of the model's files.
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
        "'--initialize-from \(folder)' does not name a model folder: there is no '\(weights)'; give a folder that "
          + "train-translation or average-checkpoints wrote")
    }
    try self.init(record: Record(folder: folder, weights: fileChecksum(path: weights)), folder: folder)
    try ModelFolder(folder).verify()
  }

  private init(record: Record, folder: String) throws {
    (self.record, self.folder) = (record, folder)
    (configuration, pipeline) = try ModelFolder(folder).readDescription()
  }

  /// Whether an architecture has no parts that the model lacks, so that it translates before it is trained.
  func isWhole(_ architecture: ModelConfiguration) -> Bool {
    architecture.isAutoregressive == configuration.isAutoregressive
      && architecture.nonautoregressive == configuration.nonautoregressive
  }

  /// The vocabulary to train with: the model's own.
  ///
  /// - Parameter given: the vocabulary folder that was given; empty for none.
  /// - Returns: the vocabulary in that folder, or the model's.
  /// - Throws: `VocabularyDifference` if that folder holds another vocabulary.
  func pipeline(given: String) throws -> TextPipeline {
    guard !given.isEmpty else { return pipeline }
    let read = try TextPipeline(folder: given)
    if let difference = VocabularyDifference(read, in: given, from: pipeline, in: folder) { throw difference }
    return read
  }

  /// The initial weights; a resumed run takes its weights from its checkpoint.
  ///
  /// - Parameters:
  ///   - architecture: the model's, possibly with a non-autoregressive decoder next to its own or instead of it. If the
  ///     model has none, that decoder starts from the layers of the model's; the rest is initialized at random.
  ///   - seed: the seed of the random initialization.
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

  // MARK: - Files kept for resuming

  private static let recordName = "start.json"

  private static func keptFolder(_ model: String) -> String { "\(ModelFolder(model).checkpoints)/start" }

  /// Removes what an earlier run in a model folder kept of its starting model.
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

import Files
import Foundation
import ModelFolders
import Models
import Text
import Training

/// The folder that a training writes: for `translate`, the best model so far and its vocabulary.
struct OutputFolder {
  let path: String
  let pipeline: TextPipeline
  var manifest: TrainingManifest

  /// Claims a folder for a training: refuses one that holds another, unless the request says what to do with it, and
  /// removes what would be taken for this training's.
  ///
  /// - Throws: ``TrainingRequestError`` or `FileError`.
  static func claim(_ files: FilesRequest) throws {
    let path = files.model
    let folder = ModelFolder(path)
    if folder.holdsModel || fileExists(folder.log), !files.resume, !files.overwrite {
      throw TrainingRequestError.conflict(
        "folder '\(path)' holds a training already; give --resume to continue it, --overwrite to start anew")
    }
    try createFolder(path)
    try requireWritableFolder(path)
    // It tells of an earlier training, or of an earlier part.
    try? FileManager.default.removeItem(atPath: "\(path)/\(ProfileReport.fileName)")
    guard !files.resume else { return }
    RecipeFile.remove(from: path)
    StartingModel.forget(in: path)
  }

  /// Writes the model with everything that translating with it needs.
  func save(_ model: TrainedTransformer, state: TrainingState) throws {
    var manifest = manifest
    manifest.note(state)
    let folder = ModelFolder(path)
    try folder.write(model, pipeline: pipeline, metadata: ["update": "\(state.update)"])
    try writeJSON(manifest, path: folder.manifest)
  }

  // MARK: - The best models by each metric, in folders of the same form within

  /// The folder in a model's folder of the best model by a metric.
  static func path(_ path: String, bestBy metric: ValidationMetric) -> String { "\(path)/best-\(metric)" }

  /// Writes the best model by a metric.
  func save(_ model: TrainedTransformer, state: TrainingState, bestBy metric: ValidationMetric) throws {
    var manifest = manifest
    manifest.bestBy = metric.rawValue
    let folder = OutputFolder(path: Self.path(path, bestBy: metric), pipeline: pipeline, manifest: manifest)
    try createFolder(folder.path)
    try folder.save(model, state: state)
  }

  /// Removes what an earlier training kept, which would be taken for that of this one.
  func removeKept() {
    for metric in ValidationMetric.allCases {
      try? FileManager.default.removeItem(atPath: Self.path(path, bestBy: metric))
    }
  }
}

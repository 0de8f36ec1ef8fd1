import Files
import Foundation
import ModelFolders
import Models
import Text
import Training

/// The folder that a training writes: the best model so far and its vocabulary, ready for `translate`.
struct OutputFolder {
  let path: String
  let pipeline: TextPipeline
  var manifest: TrainingManifest

  /// Claims a folder for a training: rejects one that holds another training unless the request resumes or overwrites
  /// it, and removes files that would be mistaken for this training's.
  ///
  /// - Throws: ``TrainingRequestError`` or `FileError`.
  static func claim(_ files: FilesRequest) throws {
    let path = files.model
    let folder = ModelFolder(path)
    if folder.holdsModel || fileExists(folder.log), !files.resume, !files.overwrite {
      throw TrainingRequestError.conflict(
        "folder '\(path)' already holds a training; give --resume to continue it, --overwrite to start over")
    }
    try createFolder(path)
    try requireWritableFolder(path)
    // From an earlier training, or from before the interruption.
    try? FileManager.default.removeItem(atPath: "\(path)/\(ProfileReport.fileName)")
    guard !files.resume else { return }
    RecipeFile.remove(from: path)
    StartingModel.forget(in: path)
  }

  /// Writes the model with everything needed to translate.
  func save(_ model: TrainedTransformer, state: TrainingState) throws {
    var manifest = manifest
    manifest.note(state)
    let folder = ModelFolder(path)
    try folder.write(model, pipeline: pipeline, metadata: ["update": "\(state.update)"])
    try writeJSON(manifest, path: folder.manifest)
  }

  // MARK: - The best model by each metric, in subfolders of the same form

  /// The subfolder for the best model by a metric.
  static func path(_ path: String, bestBy metric: ValidationMetric) -> String { "\(path)/best-\(metric)" }

  /// Writes the best model by a metric.
  func save(_ model: TrainedTransformer, state: TrainingState, bestBy metric: ValidationMetric) throws {
    var manifest = manifest
    manifest.bestBy = metric.rawValue
    let folder = OutputFolder(path: Self.path(path, bestBy: metric), pipeline: pipeline, manifest: manifest)
    try createFolder(folder.path)
    try folder.save(model, state: state)
  }

  /// Removes the best models of an earlier training, which would be mistaken for this one's.
  func removeKept() {
    for metric in ValidationMetric.allCases {
      try? FileManager.default.removeItem(atPath: Self.path(path, bestBy: metric))
    }
  }
}

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
  /// The contents of the model's lexical shortlist; nil for none.
  var shortlist: [UInt8]?

  /// Claims a folder for a training: rejects one that holds another training unless the request resumes or overwrites
  /// it, and removes files that would be mistaken for this training's.
  ///
  /// A model that is there stays until this training has saved one.
  ///
  /// - Returns: keeps other trainings out of the folder.
  /// - Throws: ``TrainingRequestError``, `FolderInUse` or `FileError`.
  static func claim(_ files: FilesRequest) throws -> FolderLock {
    let path = files.model
    let folder = ModelFolder(path)
    try createFolder(path)
    let lock = try FolderLock.take(path)
    if folder.holdsModel || fileExists(folder.log), !files.resume, !files.overwrite {
      throw TrainingRequestError.conflict(
        "folder '\(path)' already holds a training; give --resume to continue it, --overwrite to start over")
    }
    try requireWritableFolder(path)
    folder.removeAbandonedFiles()
    // From an earlier training, or from before the interruption.
    try? FileManager.default.removeItem(atPath: "\(path)/\(ProfileReport.fileName)")
    guard !files.resume else { return lock }
    RecipeFile.remove(from: path)
    StartingModel.forget(in: path)
    return lock
  }

  /// Writes the model with everything needed to translate.
  func save(_ model: TrainedTransformer, state: TrainingState) throws {
    var manifest = manifest
    manifest.note(state)
    let folder = ModelFolder(path)
    try folder.write(
      model, pipeline: pipeline, metadata: ["update": "\(state.update)"],
      manifest: jsonContents(manifest, path: folder.manifest), shortlist: shortlist)
  }

  // MARK: - The best model by each metric, in subfolders of the same form

  /// The subfolder for the best model by a metric.
  static func path(_ path: String, bestBy metric: ValidationMetric) -> String { "\(path)/best-\(metric)" }

  /// Writes the best model by a metric.
  func save(_ model: TrainedTransformer, state: TrainingState, bestBy metric: ValidationMetric) throws {
    var manifest = manifest
    manifest.bestBy = metric.rawValue
    let folder = OutputFolder(
      path: Self.path(path, bestBy: metric), pipeline: pipeline, manifest: manifest, shortlist: shortlist)
    try createFolder(folder.path)
    try folder.save(model, state: state)
  }

  /// Removes the best models of an earlier training, which would be mistaken for this one's.
  ///
  /// - Parameter own: the metrics whose best models are of this training.
  func removeKept(except own: Set<ValidationMetric>) {
    for metric in ValidationMetric.allCases where !own.contains(metric) {
      try? FileManager.default.removeItem(atPath: Self.path(path, bestBy: metric))
    }
  }
}

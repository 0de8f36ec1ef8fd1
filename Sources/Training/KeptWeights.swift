internal import Files
internal import Foundation
internal import ModelFolders
internal import Models
internal import Tensors

/// Weights of a run at several updates, kept for averaging in separate files in the subfolder `checkpoints`.
///
/// These are the trained weights, never their moving average. Each file has a checksum of itself.
///
/// Source: Vaswani et al. 2017, section 6.1, who average the last 5 or 20 checkpoints.
public struct KeptWeights: Sendable {
  /// A file of weights.
  public struct File: Sendable, Equatable {
    /// The path of the file.
    public let path: String
    /// The update after which it was written.
    public let update: Int
  }

  private let folder: String

  /// The weights kept in a model folder.
  public init(modelFolder: String) { folder = ModelFolder(modelFolder).checkpoints }

  /// The files, oldest first; empty if the folder does not exist.
  public var files: [File] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.compactMap { name in
      guard name.hasPrefix(prefix), name.hasSuffix(suffix),
        let update = Int(name.dropFirst(prefix.count).dropLast(suffix.count))
      else { return nil }
      return File(path: "\(folder)/\(name)", update: update)
    }.sorted { $0.update < $1.update }
  }

  /// The path of the weights of an update.
  func path(update: Int) -> String { "\(folder)/\(prefix)\(update)\(suffix)" }

  /// Writes weights, and removes the oldest files until `count` are left.
  ///
  /// - Throws: `FileError` if the file cannot be written; nothing is removed then.
  func keep(_ model: Transformer, _ weights: FlatBuffer, state: TrainingState, count: Int) throws {
    let metadata = ["format": "pt", "update": "\(state.update)", "epoch": "\(state.newestEpoch)"]
    let writer = try SafetensorsWriter(
      path: path(update: state.update), entries: model.entries(), metadata: metadata,
      isChecked: true)
    try model.write(weights, to: writer)
    try writer.commit()
    for file in files.dropLast(count) { try? FileManager.default.removeItem(atPath: file.path) }
  }

  /// Removes the files written after an update: a run that resumes from that update writes them again.
  func remove(after update: Int) {
    for file in files where file.update > update { try? FileManager.default.removeItem(atPath: file.path) }
  }
}

private let (prefix, suffix) = ("update-", ".safetensors")

internal import Files
internal import Foundation
internal import ModelFolders

/// The checkpoints that a run resumes from: the newest, and the previous one in case the newest is damaged.
///
/// A new checkpoint is written to a third file, flushed to disk and read back before the newest becomes the previous
/// one. Whenever the process or the machine stops, at least one checkpoint is intact.
public struct CheckpointFiles: Sendable {
  private let folder: String

  /// The checkpoints in a model folder.
  public init(modelFolder: String) { folder = ModelFolder(modelFolder).checkpoints }

  /// The path of the newest.
  public var last: String { "\(folder)/last.safetensors" }
  /// The path of the previous one.
  public var previous: String { "\(folder)/previous.safetensors" }
  /// The path of one being written; a file found here when a run starts is incomplete.
  private var next: String { "\(folder)/next.safetensors" }

  /// Removes all of them.
  func removeAll() {
    for path in [next, last, previous] where fileExists(path) {
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  /// Removes the incomplete file of a killed process.
  func removeUnfinished() {
    // Do not remove a folder.
    if fileExists(next) { try? FileManager.default.removeItem(atPath: next) }
  }

  /// Writes a new checkpoint, which becomes the newest.
  ///
  /// - Parameters:
  ///   - replacingLast: whether to overwrite the newest and keep the previous one, because the newest is damaged or
  ///     must not be resumed from.
  ///   - write: writes the file at a path.
  /// - Throws: errors of `write`, or `FileError`; the existing checkpoints are unchanged then.
  func add(replacingLast: Bool = false, _ write: (_ path: String) throws -> Void) throws {
    do {
      try write(next)
      // The data read back may differ from what was written, for example on a network disk.
      _ = try SafetensorsReader(path: next).verifyChecksum()
    } catch {
      removeUnfinished()
      throw error
    }
    // Between the two moves there is no newest, but the previous one is intact, and a run can resume from it.
    if !replacingLast, fileExists(last) { try moveFile(last, to: previous) }
    try moveFile(next, to: last)
  }

  /// The newest intact checkpoint.
  ///
  /// - Throws: ``ResumeError`` if there is none, or `FileError` if the only one is damaged.
  public func newest() throws -> ResumePoint {
    try newest(of: [last, previous].filter(fileExists)) { _ in true }
  }

  /// The newest intact checkpoint that was written while the loss was calm; see ``LossWatch/isCalm``.
  func newestCalm() throws -> ResumePoint {
    try newest(of: [last, previous].filter(fileExists)) { $0.watch.isCalm }
  }

  private func newest(of paths: [String], where isWanted: (TrainingState) -> Bool) throws -> ResumePoint {
    var damages: [any Error] = []
    for path in paths {
      do {
        let state = try verifiedState(path)
        if isWanted(state) { return ResumePoint(path: path, state: state, damage: damages.first) }
      } catch {
        damages.append(error)
      }
    }
    guard let first = damages.first else { throw ResumeError.nothingToResume(path: last) }
    guard damages.count > 1 else { throw first }
    throw ResumeError.allDamaged(reasons: damages.map { "\($0)" })
  }

  /// Reads a checkpoint completely, so that nothing is restored from one that is partly damaged.
  private func verifiedState(_ path: String) throws -> TrainingState {
    let file = try SafetensorsReader(path: path)
    // Checkpoints from before there were checksums have only these keys; any other key is a damaged name.
    guard
      try file.verifyChecksum() || file.metadata.keys.allSatisfy(["training_state", "optimizer"].contains)
    else { throw ResumeError.damaged(path: path, reason: "it has no checksum") }
    return try TrainingState(file, path: path)
  }
}

/// A checkpoint to resume from.
public struct ResumePoint: Sendable {
  /// The checkpoint.
  public let path: String
  /// The state of the run.
  public let state: TrainingState
  /// What is wrong with a newer checkpoint; nil if there is no newer one.
  public let damage: (any Error)?
}

internal import Files
internal import Foundation
internal import ModelFolders

/// The checkpoints that a run goes on from: the newest, and the one before it, in case the newest is damaged.
///
/// A new checkpoint is written beside both, reaches the disk and is read back before the newest becomes the one
/// before. Whenever the process or the machine stops, one of them stands there whole.
public struct CheckpointFiles: Sendable {
  private let folder: String

  /// The checkpoints in a model folder.
  public init(modelFolder: String) { folder = ModelFolder(modelFolder).checkpoints }

  /// The newest.
  public var last: String { "\(folder)/last.safetensors" }
  /// The one before it.
  public var previous: String { "\(folder)/previous.safetensors" }
  /// One that is being written; what stands there when a run begins was never finished.
  private var next: String { "\(folder)/next.safetensors" }

  /// Removes all of them.
  func removeAll() {
    for path in [next, last, previous] where fileExists(path) {
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  /// Removes what a process that was killed left half done.
  func removeUnfinished() {
    // A folder there is not ours to remove.
    if fileExists(next) { try? FileManager.default.removeItem(atPath: next) }
  }

  /// Makes a new file the newest.
  ///
  /// - Parameters:
  ///   - replacingLast: the newest is overwritten, and the one before it stays: for a newest that is damaged or
  ///     that nobody should go on from.
  ///   - write: writes the file at a path.
  /// - Throws: what `write` throws, or `FileError`; then the files are as they were.
  func add(replacingLast: Bool = false, _ write: (_ path: String) throws -> Void) throws {
    do {
      try write(next)
      // What the system took may not be what it gives back, such as on a disk at the other end of a network.
      _ = try SafetensorsReader(path: next).verifyChecksum()
    } catch {
      removeUnfinished()
      throw error
    }
    // Between the two moves there is no newest: then the one before it is whole, and resuming takes it.
    if !replacingLast, fileExists(last) { try moveFile(last, to: previous) }
    try moveFile(next, to: last)
  }

  /// The newest checkpoint that is whole.
  ///
  /// - Throws: ``ResumeError`` where there is none, or `FileError` where the only one is damaged.
  public func newest() throws -> ResumePoint {
    try newest(of: [last, previous].filter(fileExists)) { _ in true }
  }

  /// The newest one that is whole and was written while the loss was as it should be.
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

  /// Reads all of a checkpoint once, so that nothing is taken over from one that is damaged further down.
  private func verifiedState(_ path: String) throws -> TrainingState {
    let file = try SafetensorsReader(path: path)
    // Checkpoints of the time before there were checksums hold these texts alone; any other is a damaged name.
    guard
      try file.verifyChecksum() || file.metadata.keys.allSatisfy(["training_state", "optimizer"].contains)
    else { throw ResumeError.damaged(path: path, reason: "it has no checksum") }
    return try TrainingState(file, path: path)
  }
}

/// Where a run goes on.
public struct ResumePoint: Sendable {
  /// The checkpoint.
  public let path: String
  /// Where the run stood.
  public let state: TrainingState
  /// What is wrong with a newer checkpoint; nil: this is the newest.
  public let damage: (any Error)?
}

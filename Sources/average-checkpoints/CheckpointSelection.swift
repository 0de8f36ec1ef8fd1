import Files
import Formatting
import ModelFolders
import Training

/// The files to average.
struct CheckpointSelection {
  let paths: [String]
  /// The update of each file that records it.
  let updates: [Int]

  /// Finds the files that the arguments select.
  ///
  /// - Throws: ``CheckpointSelectionError``, or `FileError` for a file that cannot be read.
  init(_ arguments: AverageCheckpointsArguments) throws {
    guard arguments.checkpoints.isEmpty else {
      for folder in arguments.checkpoints where folderExists(folder) { try ModelFolder(folder).verify() }
      paths = arguments.checkpoints.map { folderExists($0) ? ModelFolder($0).weights : $0 }
      updates = try paths.compactMap {
        try SafetensorsReader(path: $0).metadata["update"].flatMap { Int($0) }
      }
      return
    }
    let kept = KeptWeights(modelFolder: arguments.model).files.filter { $0.update <= arguments.upTo ?? .max }
    let count = arguments.last ?? max(1, kept.count)
    guard kept.count >= count else {
      throw CheckpointSelectionError.tooFew(
        folder: ModelFolder(arguments.model).checkpoints, found: kept.map(\.update), upTo: arguments.upTo,
        asked: count)
    }
    (paths, updates) = (kept.suffix(count).map(\.path), kept.suffix(count).map(\.update))
  }

  /// How many there are, and which.
  var description: String {
    let words = paths.count == 1 ? "1 checkpoint" : "\(paths.count) checkpoints"
    guard updates.count == paths.count else { return "\(words) (\(paths.joined(separator: ", ")))" }
    return "\(words) (updates \(updates.map { Readable.count($0) }.joined(separator: ", ")))"
  }
}

/// What can be wrong with the selected checkpoints.
enum CheckpointSelectionError: Error, CustomStringConvertible {
  /// There are fewer than requested.
  case tooFew(folder: String, found: [Int], upTo: Int?, asked: Int)

  /// What was found, and what to do about it.
  var description: String {
    guard case .tooFew(let folder, let found, let upTo, let asked) = self else { return "" }
    let limit = upTo.map { " up to update \($0)" } ?? ""
    guard !found.isEmpty else {
      return "'\(folder)' holds no kept checkpoint\(limit); train with --keep-checkpoints"
    }
    let updates = found.map { "\($0)" }.joined(separator: ", ")
    return
      "'\(folder)' holds \(found.count) kept checkpoints\(limit) (updates \(updates)), expected \(asked); "
      + "give --last \(found.count)"
  }
}

package import Files
import Foundation
import ModelFolders

/// `checkpoints/command.json`: the command that a training was started with, so that `--resume` does not need it again.
package struct RecordedCommand: Codable, Equatable {
  /// The program's name and its words.
  package var command: [String]
  /// The folder that it was started in, which relative paths start from; nil if that is not known.
  package var folder: String?

  /// A command that was started in the current folder.
  init(_ command: [String]) { (self.command, folder) = (command, currentFolder()) }

  private static func path(_ model: String) -> String { "\(ModelFolder(model).checkpoints)/command.json" }

  /// The command of the training in a model folder: its record or, for trainings of earlier versions, that in
  /// `training.json`; nil if there is neither.
  ///
  /// - Throws: `FileError` for a damaged file.
  package static func find(in model: String) throws(FileError) -> RecordedCommand? {
    for path in [path(model), ModelFolder(model).manifest] where fileExists(path) {
      return try readJSON(path: path)
    }
    return nil
  }

  /// Writes it to a model folder.
  func write(to model: String) throws(FileError) {
    try createFolder(ModelFolder(model).checkpoints)
    try writeJSON(self, path: Self.path(model))
  }

  /// A word that names a file or folder of the place where the command was started, if that is not the current folder.
  package var relativePath: String? {
    guard let folder, folder != currentFolder() else { return nil }
    let words = command.dropFirst().map { word in
      // `--option=value`
      word.hasPrefix("--")
        ? word.split(separator: "=", maxSplits: 1).dropFirst().first.map(String.init) ?? "" : word
    }
    return words.first { word in
      !word.isEmpty && !word.hasPrefix("/")
        && (fileExists("\(folder)/\(word)") || folderExists("\(folder)/\(word)"))
    }
  }
}

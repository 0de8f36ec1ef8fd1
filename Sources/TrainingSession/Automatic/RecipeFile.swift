import Files
import Foundation
import ModelFolders
import Recipes

/// `recipe.json`: the choices of the preset `auto`, which a resumed training keeps.
struct RecipeFile: Codable {
  var choices: [Choice]
  /// Whether the vocabulary was built from the training text and is in the same folder.
  var hasVocabulary: Bool
  /// Whether the validation text was held out of the training text and is in the same folder.
  var hasHeldOutPairs: Bool

  private enum CodingKeys: String, CodingKey {
    case choices
    case hasVocabulary = "vocabulary"
    case hasHeldOutPairs = "held_out_pairs"
  }

  static let name = "recipe.json"

  /// The folder of a vocabulary that was built from the training text.
  ///
  /// Not the model folder itself, which may hold a model of an earlier training until this one has saved its own.
  static func vocabularyFolder(in folder: String) -> String {
    "\(ModelFolder(folder).checkpoints)/vocabulary"
  }

  /// The folder of the vocabulary of a training that is resumed; earlier versions wrote it to the model folder.
  static func presentVocabularyFolder(in folder: String) -> String {
    let path = vocabularyFolder(in: folder)
    return folderExists(path) ? path : folder
  }

  /// Paths of the held-out pairs.
  static func heldOutPaths(in folder: String) -> (source: String, target: String) {
    ("\(folder)/valid.source.txt", "\(folder)/valid.target.txt")
  }

  init(choices: [Choice], hasVocabulary: Bool, hasHeldOutPairs: Bool) {
    (self.choices, self.hasVocabulary, self.hasHeldOutPairs) = (choices, hasVocabulary, hasHeldOutPairs)
  }

  /// The recipe in a model folder.
  ///
  /// - Throws: `FileError` if it cannot be read, `RecipeError` if there is none.
  init(folder: String) throws {
    let path = "\(folder)/\(Self.name)"
    guard fileExists(path) else { throw RecipeError.none(path: path) }
    self = try readJSON(path: path)
  }

  /// Removes the files of an earlier training, which a later one must not resume with.
  static func remove(from folder: String) {
    let heldOut = heldOutPaths(in: folder)
    for path in ["\(folder)/\(name)", heldOut.source, heldOut.target, vocabularyFolder(in: folder)] {
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  /// Writes it to a model folder.
  func write(to folder: String) throws {
    try writeJSON(self, path: "\(folder)/\(Self.name)")
  }
}

import Files
import Foundation
import Recipes

/// `recipe.json`: what `--preset auto` chose, so that a training that is resumed goes on with it.
struct RecipeFile: Codable {
  var choices: [Choice]
  /// Whether the vocabulary was built of the training text and lies beside this file.
  var hasVocabulary: Bool
  /// Whether the validation text was held out of the training text and lies beside this file.
  var hasHeldOutPairs: Bool

  private enum CodingKeys: String, CodingKey {
    case choices
    case hasVocabulary = "vocabulary"
    case hasHeldOutPairs = "held_out_pairs"
  }

  static let name = "recipe.json"

  /// Where held-out pairs lie.
  static func heldOutPaths(in folder: String) -> (source: String, target: String) {
    ("\(folder)/valid.source.txt", "\(folder)/valid.target.txt")
  }

  init(choices: [Choice], hasVocabulary: Bool, hasHeldOutPairs: Bool) {
    (self.choices, self.hasVocabulary, self.hasHeldOutPairs) = (choices, hasVocabulary, hasHeldOutPairs)
  }

  /// The recipe in a model folder.
  ///
  /// - Throws: `FileError` where it cannot be read, `RecipeError` where there is none.
  init(folder: String) throws {
    let path = "\(folder)/\(Self.name)"
    guard fileExists(path) else { throw RecipeError.none(path: path) }
    self = try readJSON(path: path)
  }

  /// Removes what an earlier training left, which a later one must not go on with.
  static func remove(from folder: String) {
    let heldOut = heldOutPaths(in: folder)
    for path in ["\(folder)/\(name)", heldOut.source, heldOut.target] {
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  /// Writes it into a model folder.
  func write(to folder: String) throws {
    try writeJSON(self, path: "\(folder)/\(Self.name)")
  }
}

/// Why `--preset auto` cannot go on, or cannot begin.
enum RecipeError: Error, CustomStringConvertible {
  /// The folder was not trained with it.
  case none(path: String)
  /// The text is so small that nothing can be held out.
  case tooFewPairs(Int, paths: [String])

  var description: String {
    switch self {
    case .none(let path):
      "there is no '\(path)': this training was not started with --preset auto; resume it with the options that it "
        + "was started with"
    case .tooFewPairs(let count, let paths):
      "\(count) pairs in \(paths.map { "'\($0)'" }.joined(separator: ", ")) are too few to hold some out for "
        + "validation (\(HeldOutRule.leastPairs) or more are); give --valid-source and --valid-target"
    }
  }
}

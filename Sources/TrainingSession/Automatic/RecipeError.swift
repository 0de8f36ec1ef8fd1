import Recipes

/// Why a training with the preset `auto` cannot begin or resume.
public enum RecipeError: Error, Equatable, CustomStringConvertible {
  /// The training in the folder was not started with it.
  case none(path: String)
  /// The text is too small to hold pairs out.
  case tooFewPairs(Int, paths: [String])
  /// Too many of its source lines are blank or repeat, so that too few can be held out.
  case tooFewLines(Int, pairs: Int, paths: [String])

  /// What was found, and what to do.
  public var description: String {
    switch self {
    case .none(let path):
      "there is no '\(path)': this training was not started with --preset auto; resume it with the options that it "
        + "was started with"
    case .tooFewPairs(let count, let paths):
      "\(count) pairs in \(paths.map { "'\($0)'" }.joined(separator: ", ")) are too few to hold some out for "
        + "validation (at least \(HeldOutRule.leastPairs) are needed); give --valid-source and --valid-target"
    case .tooFewLines(let count, let pairs, let paths):
      "of the \(pairs) pairs in \(paths.map { "'\($0)'" }.joined(separator: ", ")), only \(count) can be held out for "
        + "validation (at least \(HeldOutRule.least) are needed): the others are blank, or have source lines that repeat "
        + "so often that too little would be left to train on; give --valid-source and --valid-target"
    }
  }
}

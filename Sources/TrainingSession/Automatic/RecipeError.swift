import Recipes

/// Why a training with the preset `auto` cannot begin or resume.
public enum RecipeError: Error, Equatable, CustomStringConvertible {
  /// The folder was not trained with it.
  case none(path: String)
  /// The text is so small that nothing can be held out.
  case tooFewPairs(Int, paths: [String])

  /// What was found, and what to do.
  public var description: String {
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

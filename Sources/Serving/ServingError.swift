/// Why a server cannot start, or cannot use a model.
public enum ServingError: Error, Equatable {
  /// A model folder does not say between which languages it translates.
  case unknownLanguages(folder: String)
  /// Two models translate in the same direction.
  case sameDirection(source: String, target: String, folders: [String])
}

extension ServingError: CustomStringConvertible {
  /// What is wrong, and what to do next.
  public var description: String {
    switch self {
    case .unknownLanguages(let folder):
      "'\(folder)' does not say between which languages its model translates; write '--model en-de=\(folder)' with their "
        + "codes"
    case .sameDirection(let source, let target, let folders):
      "\(folders.map { "'\($0)'" }.joined(separator: " and ")) both translate from \(source) to \(target); leave one out"
    }
  }
}

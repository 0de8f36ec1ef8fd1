/// What can be wrong with the input files.
enum EvaluationInputError: Error, Equatable {
  /// A translation and a reference have different numbers of lines.
  case lineCounts(path: String, count: Int, reference: String, referenceCount: Int)
  /// There is nothing to score.
  case noLines(path: String)
}

extension EvaluationInputError: CustomStringConvertible {
  var description: String {
    switch self {
    case .lineCounts(let path, let count, let reference, let referenceCount):
      "'\(path)' has \(lines(count)), but the reference '\(reference)' has \(referenceCount); "
        + "line by line they must be translations of the same text"
    case .noLines(let path):
      "'\(path)' is empty; there is nothing to score"
    }
  }

  private func lines(_ count: Int) -> String { count == 1 ? "1 line" : "\(count) lines" }
}

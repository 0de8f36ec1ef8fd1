/// What can be wrong with the files of an evaluation.
enum EvaluationInputError: Error, Equatable {
  /// A translation and a reference that do not belong together line by line.
  case lineCounts(path: String, count: Int, reference: String, referenceCount: Int)
  /// Nothing to score.
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

/// What can be wrong with the input files.
enum EvaluationInputError: Error, Equatable {
  /// A translation and a reference have different numbers of lines.
  case lineCounts(path: String, count: Int, reference: String, referenceCount: Int)
  /// There is nothing to score.
  case noLines(path: String)
  /// A line has fewer texts than the options say.
  case fields(path: String, line: Int, found: Int, expected: Int)
  /// A file with names of documents has another number of lines than there are segments.
  case documentCounts(path: String, count: Int, reference: String, referenceCount: Int)
  /// A segment's document has no name.
  case noDocument(path: String, line: Int)
}

extension EvaluationInputError: CustomStringConvertible {
  var description: String {
    switch self {
    case .lineCounts(let path, let count, let reference, let referenceCount):
      "'\(path)' has \(lines(count)), but the reference '\(reference)' has \(referenceCount); "
        + "line by line they must be translations of the same text"
    case .noLines(let path):
      "'\(path)' is empty; there is nothing to score"
    case .fields(let path, let line, let found, let expected):
      "'\(path)', line \(line): found \(found == 1 ? "1 text" : "\(found) texts"), expected \(expected), separated by "
        + "tabs; leave a text empty if there is none, but keep the tab"
    case .documentCounts(let path, let count, let reference, let referenceCount):
      "'\(path)' has \(lines(count)), but the reference '\(reference)' has \(referenceCount); "
        + "it needs a line for each segment, with the name of the segment's document"
    case .noDocument(let path, let line):
      "'\(path)', line \(line): there is no name; every segment needs the name of its document"
    }
  }

  private func lines(_ count: Int) -> String { count == 1 ? "1 line" : "\(count) lines" }
}

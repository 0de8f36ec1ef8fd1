/// Why a training request cannot be carried out.
///
/// Settings are named by the options of `train-translation`.
public enum TrainingRequestError: Error, Equatable {
  /// Required settings that are missing.
  case missing([String])
  /// Settings that contradict each other, or do not fit the text, the machine or another model.
  case conflict(String)
}

extension TrainingRequestError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .missing(let options): "missing " + options.map { "'\($0)'" }.joined(separator: ", ")
    case .conflict(let message): message
    }
  }
}

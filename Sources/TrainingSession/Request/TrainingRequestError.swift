/// Why a training cannot be as it was asked for.
///
/// Settings are named as `train-translation` names them.
public enum TrainingRequestError: Error, Equatable {
  /// Settings that must be given and were not.
  case missing([String])
  /// Settings that do not go together, or not with the text, the machine or another model.
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

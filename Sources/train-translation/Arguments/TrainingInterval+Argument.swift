public import CommandLineArguments
public import Training

extension TrainingInterval: ArgumentValue {
  /// A number of updates such as `500`, or of epochs such as `epoch`, `2epochs` or `2e`.
  public init?(argument: String) {
    if let updates = Int(argument), updates > 0 {
      self = .updates(updates)
      return
    }
    for unit in ["epochs", "epoch", "e"] where argument.hasSuffix(unit) {
      let number = argument.dropLast(unit.count)
      guard let epochs = number.isEmpty ? 1 : Int(number), epochs > 0 else { return nil }
      self = .epochs(epochs)
      return
    }
    return nil
  }

  /// Both ways of counting.
  public static var expectation: String { "a number of updates such as 500, or of epochs such as 2epochs" }
  /// A number, or a text with a unit.
  public static var jsonKind: JSONKind { .integerOrString }
  /// As it is written.
  public var defaultText: String? {
    switch self {
    case .updates(let count): "\(count)"
    case .epochs(1): "epoch"
    case .epochs(let count): "\(count)epochs"
    }
  }
}

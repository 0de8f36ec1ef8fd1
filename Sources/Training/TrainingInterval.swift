/// The interval between two validations or two checkpoints.
public enum TrainingInterval: Sendable, Equatable, ExpressibleByIntegerLiteral {
  /// A number of updates; 0 for never.
  case updates(Int)
  /// A number of passes over the corpus; 0 for never.
  case epochs(Int)

  /// A number of updates.
  public init(integerLiteral updates: Int) { self = .updates(updates) }

  /// Whether something is due after an update.
  func isDue(update: Int) -> Bool {
    if case .updates(let count) = self { count > 0 && update.isMultiple(of: count) } else { false }
  }

  /// Whether something is due at the end of an epoch.
  func isDue(epoch: Int) -> Bool {
    if case .epochs(let count) = self { count > 0 && epoch.isMultiple(of: count) } else { false }
  }
}

extension TrainingInterval: LosslessStringConvertible {
  /// Parses a number of updates such as `500`, or of epochs such as `epoch`, `2epochs` or `2e`; nil for anything else.
  public init?(_ description: String) {
    if let updates = Int(description), updates > 0 {
      self = .updates(updates)
      return
    }
    for unit in ["epochs", "epoch", "e"] where description.hasSuffix(unit) {
      let number = description.dropLast(unit.count)
      guard let epochs = number.isEmpty ? 1 : Int(number), epochs > 0 else { return nil }
      self = .epochs(epochs)
      return
    }
    return nil
  }

  /// The interval in the format that can be parsed.
  public var description: String {
    switch self {
    case .updates(let count): "\(count)"
    case .epochs(1): "epoch"
    case .epochs(let count): "\(count)epochs"
    }
  }
}

/// From one validation or checkpoint to the next.
public enum TrainingInterval: Sendable, Equatable, ExpressibleByIntegerLiteral {
  /// So many updates; 0 for never.
  case updates(Int)
  /// So many whole passes over the corpus; 0 for never.
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

/// How bad a finding is.
public enum Severity: String, Sendable, CaseIterable, Comparable {
  /// A style, or something that training copes with.
  case note
  /// Pairs that teach a model something wrong, or waste its time.
  case warning
  /// Data that makes results worthless, such as test sentences in the training text.
  case error

  /// The order in which they are listed: notes are less than errors.
  public static func < (one: Severity, other: Severity) -> Bool { one.rank < other.rank }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// What the cleaned corpus does with a pair that has a fault.
public enum CleanAction: String, Sendable {
  /// The pair is left out.
  case drop
  /// The text is repaired, and the pair stays.
  case repair
  /// The pair stays as it is.
  case keep
}

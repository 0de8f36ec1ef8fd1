extension FindingKind {
  /// All kinds with what they mean and what to do, in lines of at most 80 columns.
  public static func explanations() -> [String] {
    allCases.flatMap { kind in
      let action =
        switch kind.action {
        case .drop: "dropped"
        case .repair: "repaired"
        case .keep: "kept"
        }
      let habit = kind.isHabit ? ", a style if 0.3% of the pairs do it" : ""
      return ["\(kind.rawValue) (\(kind.severity.rawValue), \(action)\(habit))"]
        + wrapped(
          "\(kind.summary.prefix(1).uppercased())\(kind.summary.dropFirst()). \(kind.advice)", indentation: 2)
    }
  }
}

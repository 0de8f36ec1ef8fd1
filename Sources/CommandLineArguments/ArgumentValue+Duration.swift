extension Duration: ArgumentValue {
  /// A time such as `90s`, `30m`, `2h`, `1h30m` or `1d`; a bare number counts seconds.
  ///
  /// Units must be in descending order, each at most once, so that a typo like `30m2h` is not silently accepted.
  public init?(argument: String) {
    if let seconds = Double(argument: argument), Self.accepted.contains(seconds) {
      self = .seconds(seconds)
      return
    }
    var (total, rest, units) = (0.0, argument[...], Duration.units[...])
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
      rest = rest.dropFirst(digits.count)
      guard let amount = Double(argument: String(digits)), let letter = rest.popFirst(),
        let index = units.firstIndex(where: { $0.letter == letter })
      else { return nil }
      total += amount * units[index].seconds
      units = units[(index + 1)...]
    }
    guard !argument.isEmpty, Self.accepted.contains(total) else { return nil }
    self = .seconds(total)
  }

  /// Accepted seconds: up to a few thousand years, well within the range of `Duration`.
  private static let accepted = 0...1e11

  private static let units: [(letter: Character, seconds: Double)] = [
    ("d", 86400), ("h", 3600), ("m", 60), ("s", 1),
  ]

  /// A duration with units.
  public static var expectation: String { "a duration such as 90s, 30m or 1h30m" }
  /// The duration in seconds, including fractions.
  public var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
  /// The duration in seconds, to compare with limits.
  public var magnitude: Double? { inSeconds }
  /// The duration as options take it, such as "1h30m".
  public var defaultText: String? {
    var (rest, text) = (inSeconds, "")
    for unit in Duration.units.dropLast() where rest >= unit.seconds {
      let amount = (rest / unit.seconds).rounded(.down)
      text += "\(Int(amount))\(unit.letter)"
      rest -= amount * unit.seconds
    }
    guard rest > 0 || text.isEmpty else { return text }
    return text + (rest.defaultText ?? "") + "s"
  }
}

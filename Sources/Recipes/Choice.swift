/// A setting that was chosen because it was not given, and why.
public struct Choice: Codable, Sendable, Equatable {
  /// The option of `train-translation` whose value was chosen.
  public let option: String
  /// The value as on a command line; `true` for a flag.
  public let value: String
  /// Why it was chosen, with the figures that decided.
  public let reason: String
  /// Where the rule comes from: a paper, or measurements.
  public let source: String

  /// A choice.
  public init(_ option: String, _ value: String, because reason: String, source: String) {
    (self.option, self.value, self.reason, self.source) = (option, value, reason, source)
  }
}

/// A setting that was chosen for somebody who did not give it, and why.
public struct Choice: Codable, Sendable, Equatable {
  /// The option of `train-translation` that it is the value of.
  public let option: String
  /// The value as a command line has it; `true` for a flag.
  public let value: String
  /// What speaks for it, with the figures that decided.
  public let reason: String
  /// Where the rule comes from: a paper, or what was measured.
  public let source: String

  /// A choice.
  public init(_ option: String, _ value: String, because reason: String, source: String) {
    (self.option, self.value, self.reason, self.source) = (option, value, reason, source)
  }
}

public import Recipes

/// A setting that the preset `auto` chose, or would have chosen if it had not been given.
public struct AppliedChoice: Sendable, Equatable {
  /// What was chosen, and why.
  public let choice: Choice
  /// Whether a value was given instead.
  public let isGiven: Bool
  /// The value in use, as text.
  public let value: String
}

public import Recipes

/// A setting that the preset `auto` chose, or would have chosen if it had not been given.
public struct AppliedChoice: Sendable, Equatable {
  /// What was chosen, and why.
  public let choice: Choice
  /// Whether another value was given.
  public let isGiven: Bool
  /// The value in use, in words.
  public let value: String
}

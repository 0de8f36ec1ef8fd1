/// The numbers that an option accepts.
public struct ValueLimit: Sendable, Equatable {
  /// The text after the type in messages and help texts, such as "at least 1".
  let description: String
  private let lowest, highest: Double
  private let includesLowest, includesHighest: Bool

  func contains(_ number: Double) -> Bool {
    (includesLowest ? number >= lowest : number > lowest)
      && (includesHighest ? number <= highest : number < highest)
  }

  private init(
    _ description: String, _ lowest: Double, _ highest: Double = .infinity, includesLowest: Bool = true,
    includesHighest: Bool = true
  ) {
    self.description = description
    (self.lowest, self.highest) = (lowest, highest)
    (self.includesLowest, self.includesHighest) = (includesLowest, includesHighest)
  }

  /// `lowest` and everything above it.
  public static func atLeast(_ lowest: Double) -> ValueLimit {
    ValueLimit("at least \(text(lowest))", lowest)
  }

  /// Everything above `lowest`, but not `lowest` itself.
  public static func above(_ lowest: Double) -> ValueLimit {
    ValueLimit("above \(text(lowest))", lowest, includesLowest: false)
  }

  /// Everything above `lowest`, which is excluded, up to `highest`, which is included.
  public static func above(_ lowest: Double, atMost highest: Double) -> ValueLimit {
    ValueLimit("above \(text(lowest)), at most \(text(highest))", lowest, highest, includesLowest: false)
  }

  /// Everything from `lowest` to `highest`, both included.
  public static func between(_ lowest: Double, _ highest: Double) -> ValueLimit {
    ValueLimit("from \(text(lowest)) to \(text(highest))", lowest, highest)
  }

  /// Everything from `lowest` up to `highest`, which is excluded, such as a dropout rate.
  public static func atLeast(_ lowest: Double, below highest: Double) -> ValueLimit {
    ValueLimit("at least \(text(lowest)) and below \(text(highest))", lowest, highest, includesHighest: false)
  }

  private static func text(_ number: Double) -> String { number.defaultText ?? "" }
}

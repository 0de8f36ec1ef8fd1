/// A range of numbers with its description.
public struct NumberRange: Sendable, Equatable, CustomStringConvertible {
  /// The text after "a number" in messages, such as "at least 1".
  public let description: String
  private let lowest, highest: Double
  private let includesLowest, includesHighest: Bool

  /// Whether a number is in the range; never true for NaN and infinity.
  public func contains(_ number: Double) -> Bool {
    (includesLowest ? number >= lowest : number > lowest)
      && (includesHighest ? number <= highest : number < highest)
  }

  private init(
    _ description: String, _ lowest: Double, _ highest: Double = .greatestFiniteMagnitude,
    includesLowest: Bool = true, includesHighest: Bool = true
  ) {
    self.description = description
    (self.lowest, self.highest) = (lowest, highest)
    (self.includesLowest, self.includesHighest) = (includesLowest, includesHighest)
  }

  /// `lowest` and everything above it.
  public static func atLeast(_ lowest: Double) -> NumberRange {
    NumberRange("at least \(Readable.shortest(lowest))", lowest)
  }

  /// Everything above `lowest`, but not `lowest` itself.
  public static func above(_ lowest: Double) -> NumberRange {
    NumberRange("above \(Readable.shortest(lowest))", lowest, includesLowest: false)
  }

  /// Everything above `lowest`, which is excluded, up to `highest`, which is included.
  public static func above(_ lowest: Double, atMost highest: Double) -> NumberRange {
    NumberRange(
      "above \(Readable.shortest(lowest)), at most \(Readable.shortest(highest))", lowest, highest,
      includesLowest: false)
  }

  /// Everything from `lowest` to `highest`, both included.
  public static func between(_ lowest: Double, _ highest: Double) -> NumberRange {
    NumberRange("from \(Readable.shortest(lowest)) to \(Readable.shortest(highest))", lowest, highest)
  }

  /// Everything from `lowest` up to `highest`, which is excluded.
  public static func atLeast(_ lowest: Double, below highest: Double) -> NumberRange {
    NumberRange(
      "at least \(Readable.shortest(lowest)) and below \(Readable.shortest(highest))", lowest, highest,
      includesHighest: false)
  }

  /// From 0 up to 1, which is excluded, such as a dropout rate.
  public static let rate = NumberRange.atLeast(0, below: 1)
}

import Formatting

/// How far a training will get: how often it sees the text within its limits.
public struct Outlook: Sendable, Equatable {
  /// Target tokens of the text, `</s>` included.
  public var tokensOfEpoch: Double
  /// Target tokens of an update.
  public var tokensOfUpdate: Double
  /// Target tokens per second; nil if unknown.
  public var speed: Double?
  /// What ends the training.
  public var limits: TrainingLimits

  /// An outlook from the figures given.
  public init(tokensOfEpoch: Double, tokensOfUpdate: Double, speed: Double?, limits: TrainingLimits) {
    (self.tokensOfEpoch, self.tokensOfUpdate) = (max(tokensOfEpoch, 1), max(tokensOfUpdate, 1))
    (self.speed, self.limits) = (speed, limits)
  }

  /// Target tokens of the whole training, repeats included; infinity without limits.
  public var tokens: Double {
    limits.tokens(speed: speed, ofUpdate: tokensOfUpdate, ofEpoch: tokensOfEpoch)
  }

  /// Updates of the whole training; nil without limits.
  public var updates: Double? {
    let tokens = tokens
    return tokens.isFinite ? max(1, tokens / tokensOfUpdate) : nil
  }

  /// How often each pair is seen; infinity without limits.
  public var epochs: Double { tokens / tokensOfEpoch }

  /// Whether the limits suffice, as text.
  public var verdict: String {
    guard let updates else {
      let hour = speed.map { ", \(decimal($0 * 3600 / tokensOfEpoch)) epochs per hour" } ?? ""
      return "no limit is given\(hour): training ends when validation stops improving"
    }
    let whole = "about \(words(updates)) updates, \(decimal(epochs)) epochs"
    if tokens < SizeRule.leastTokens {
      return "\(whole): too little to translate well (\(words(tokens)) target tokens; "
        + "\(words(SizeRule.leastTokens)) or more are recommended)"
    }
    if epochs < 1 { return "\(whole): not all of the text will be seen; allow more time or use less text" }
    return "\(whole): enough for this size"
  }

  private func decimal(_ number: Double) -> String {
    number < 9.95 ? Readable.decimal(number, 1) : Readable.count(Int(min(number, 1e15).rounded()))
  }
}

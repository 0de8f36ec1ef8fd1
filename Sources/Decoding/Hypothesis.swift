public import Tokens

/// A translation as a search found it.
public struct Hypothesis: Sendable, Equatable {
  /// Why a hypothesis goes no further.
  public enum Ending: Sendable, Equatable {
    /// The model predicted `</s>`.
    case endToken
    /// The model predicted all tokens at once, and no `</s>`.
    case lastRow
    /// The greatest length was reached; the translation may lack its end, or repeat itself.
    case lengthLimit
    /// The model's scores were no numbers: it is damaged.
    case invalidScores
  }

  /// The predicted tokens, without `<s>` and `</s>`.
  public var tokens: [TokenID]
  /// Sum of the natural logarithms of the predictions' probabilities, that of `</s>` included, or that of the length
  /// where it is predicted before the tokens.
  ///
  /// NaN if the search was told to do without.
  public var logProbability: Double
  /// ``logProbability`` over the length penalty's divisor: what hypotheses are ranked by.
  public var score: Double
  /// Log-probability of each prediction: one for each token, and one for `</s>` where it was predicted.
  ///
  /// Empty if the search was told to do without.
  public var tokenLogProbabilities: [Float]
  /// Why it ends where it ends.
  public var ending: Ending

  /// Predictions that it took: its tokens, and `</s>` where that was predicted.
  public var length: Int { tokens.count + (ending == .endToken ? 1 : 0) }

  /// Whether it was cut at the greatest length.
  public var reachedLimit: Bool { ending == .lengthLimit }

  /// A hypothesis from its parts.
  public init(
    tokens: [TokenID], logProbability: Double, score: Double, tokenLogProbabilities: [Float] = [],
    ending: Ending = .endToken
  ) {
    self.tokens = tokens
    self.logProbability = logProbability
    self.score = score
    self.tokenLogProbabilities = tokenLogProbabilities
    self.ending = ending
  }

  /// Whether it is the better of the two: what ended by itself before what was cut, then by score.
  ///
  /// A cut hypothesis is often a loop of few tokens, each of them likely, and would win by its score.
  func isBetter(than other: Hypothesis) -> Bool {
    isWhole == other.isWhole ? score > other.score : isWhole
  }

  private var isWhole: Bool { ending == .endToken || ending == .lastRow }
}

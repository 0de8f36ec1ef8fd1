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
  public let tokens: [TokenID]
  /// What its predictions add up to.
  ///
  /// Its log-probability includes that of `</s>`, or that of the length where it is predicted before the tokens.
  public let sums: HypothesisSums
  /// What makes ``score`` of ``sums``.
  public let scoring: Scoring
  /// What hypotheses are ranked by; NaN if the search was told to do without.
  public let score: Double
  /// Log-probability of each prediction: one for each token, and one for `</s>` where it was predicted.
  ///
  /// Empty if the search was told to do without.
  public var tokenLogProbabilities: [Float]
  /// Why it ends where it ends.
  public let ending: Ending

  /// Natural logarithm of the probability of all predictions.
  public var logProbability: Double { sums.logProbability }

  /// Whether it was cut at the greatest length.
  public var reachedLimit: Bool { ending == .lengthLimit }

  /// A hypothesis from its parts.
  public init(
    tokens: [TokenID], sums: HypothesisSums, scoring: Scoring, tokenLogProbabilities: [Float] = [],
    ending: Ending = .endToken
  ) {
    self.tokens = tokens
    (self.sums, self.scoring, score) = (sums, scoring, scoring.score(sums))
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

extension [Hypothesis] {
  /// Best first, of equal ones the earlier.
  func bestFirst() -> [Hypothesis] {
    enumerated().sorted { left, right in
      left.element.isBetter(than: right.element)
        || !right.element.isBetter(than: left.element) && left.offset < right.offset
    }.map(\.element)
  }
}

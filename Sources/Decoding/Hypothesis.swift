public import Tokens

/// A translation found by a search.
public struct Hypothesis: Sendable, Equatable {
  /// Why a hypothesis ended.
  public enum Ending: Sendable, Equatable {
    /// The model predicted `</s>`.
    case endToken
    /// A non-autoregressive model predicted all tokens, without `</s>`.
    case lastRow
    /// The length limit was reached; the translation may lack its end, or repeat itself.
    case lengthLimit
    /// The model's scores were NaN or infinite: the model is damaged.
    case invalidScores
  }

  /// What became of a translation that repeated a few tokens again and again.
  public enum Repetition: String, Sendable {
    /// There was none.
    case none
    /// It was replaced by this translation, which was searched with repetitions forbidden.
    case replaced
    /// No other translation was found.
    case remains
  }

  /// The predicted tokens, without `<s>` and `</s>`.
  public private(set) var tokens: [TokenID]
  /// The sums over its predictions.
  ///
  /// The log-probability includes that of `</s>`, or that of the length if the model predicts the length first.
  public let sums: HypothesisSums
  /// Computes ``score`` from ``sums``.
  public let scoring: Scoring
  /// The score that ranks hypotheses; NaN if the search does not compute scores.
  public let score: Double
  /// The log-probability of each prediction: one for each token, and one for `</s>` if it was predicted.
  ///
  /// Empty if the search does not compute scores.
  public internal(set) var tokenLogProbabilities: [Float]
  /// For each prediction, `</s>` included, its attention to each token of the source, `</s>` included.
  ///
  /// Empty unless ``SearchOptions/recordsAttention`` is set, and if the model has no attention.
  public internal(set) var attention: [[Float]] = []
  /// Whether it replaces a translation that repeated itself, or repeats itself.
  public internal(set) var repetition = Repetition.none
  /// What it loses in ranking by required phrases in the wrong places, in nats; not a part of its score.
  var misplacement = 0.0
  /// The word that makes it differ from others, if alternatives at a place were asked for.
  public internal(set) var nextWord: NextWord?
  /// The index of the translation that it scores among those that were given; nil if it was searched.
  public internal(set) var given: Int?
  /// Why it ended.
  public let ending: Ending
  /// For each `<unk>`, the index among the unknown words of the source of the one that it stands for; nil for their
  /// order in the source.
  public internal(set) var copies: [Int]?

  /// The natural logarithm of the probability of all predictions.
  public var logProbability: Double { sums.logProbability }

  /// Whether it was cut at the length limit.
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
}

extension Hypothesis {
  /// The same hypothesis with other ids for its tokens.
  func mappingTokens(_ transform: (TokenID) -> TokenID) -> Hypothesis {
    var result = self
    result.tokens = tokens.map(transform)
    return result
  }
}

extension Hypothesis: Ranked {
  package var rankingScore: Double {
    guard misplacement != 0 else { return score }
    var lowered = sums
    lowered.logProbability -= misplacement
    return scoring.score(lowered)
  }

  package var isWhole: Bool { ending == .endToken || ending == .lastRow }
}

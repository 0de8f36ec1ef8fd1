public import Models

/// What adds up over the predictions of a hypothesis, and over the pieces of a line that was cut.
public struct HypothesisSums: Sendable, Equatable {
  /// Natural logarithm of the probability of all predictions; NaN if the search was told to do without.
  public var logProbability: Double
  /// Predictions: the tokens, and `</s>` where it was predicted.
  public var length: Int

  /// Sums of no predictions, or given ones.
  public init(logProbability: Double = 0, length: Int = 0) {
    (self.logProbability, self.length) = (logProbability, length)
  }

  /// Adds one prediction.
  mutating func add(logProbability: Double) {
    self.logProbability += logProbability
    length += 1
  }

  /// The sums of two hypotheses, one behind the other.
  public static func + (left: HypothesisSums, right: HypothesisSums) -> HypothesisSums {
    HypothesisSums(
      logProbability: left.logProbability + right.logProbability, length: left.length + right.length)
  }
}

/// The one place where sums become a score: what hypotheses are ranked by, and what is printed.
public struct Scoring: Sendable, Equatable {
  /// Divides the log-probability.
  public var lengthPenalty: LengthPenalty

  /// By default, the mean log-probability of a prediction.
  public init(lengthPenalty: LengthPenalty = .normalized(alpha: 1)) {
    self.lengthPenalty = lengthPenalty
  }

  /// The score of a hypothesis, or of several that make up a line; higher is better.
  public func score(_ sums: HypothesisSums) -> Double {
    sums.logProbability / lengthPenalty.divisor(length: max(1, sums.length))
  }

  /// The highest score that any continuation of a hypothesis with these sums can reach in `maxLength` predictions.
  ///
  /// Its log-probability is at most that of its beginning, which is not above 0; so the greatest divisor, that of the
  /// greatest length, makes the best of it.
  func bound(_ sums: HypothesisSums, maxLength: Int) -> Double {
    score(HypothesisSums(logProbability: sums.logProbability, length: maxLength))
  }
}

/// What a user can choose about scores; what is left open, each kind of search decides.
public struct ScoringOptions: Sendable, Equatable {
  /// How hypotheses of different length are compared; nil: as is usual for the kind of search.
  public var lengthPenalty: LengthPenalty?

  /// Nothing but the usual.
  public init(lengthPenalty: LengthPenalty? = nil) { self.lengthPenalty = lengthPenalty }

  /// The kinds of search, as far as scores are concerned.
  public enum SearchKind: Sendable, Equatable {
    /// Tokens are predicted one by one.
    case autoregressive
    /// All tokens are predicted at once, and another decoder of the model scores them.
    case drafts
    /// All tokens are predicted at once.
    case nonautoregressive(NonautoregressiveMethod)
  }

  /// The scoring of a search, checked.
  ///
  /// Without a length penalty given it is the mean log-probability of a prediction. Only CTC takes the sum: every
  /// translation explains the same rows, so a short one has no fewer factors than a long one, and needs no correction.
  public func scoring(for kind: SearchKind) throws(SearchOptionsError) -> Scoring {
    let usual: LengthPenalty = kind == .nonautoregressive(.ctc) ? .none : .normalized(alpha: 1)
    let penalty = lengthPenalty ?? usual
    try require(0...100 ~= penalty.alpha, "length penalty", penalty.alpha, "a number from 0 to 100")
    return Scoring(lengthPenalty: penalty)
  }
}

import Glibc
public import Models

/// What adds up over the predictions of a hypothesis, and over the pieces of a line that was cut.
public struct HypothesisSums: Sendable, Equatable {
  /// Natural logarithm of the probability of all predictions; NaN if the search was told to do without.
  public var logProbability: Double
  /// Predictions: the tokens, and `</s>` where it was predicted.
  public var length: Int
  /// The attention that each source token received from all predictions; empty where the scoring asks for none.
  public var attention: [Float]

  /// Sums of no predictions, or given ones.
  public init(logProbability: Double = 0, length: Int = 0, attention: [Float] = []) {
    (self.logProbability, self.length, self.attention) = (logProbability, length, attention)
  }

  /// Adds one prediction.
  mutating func add(logProbability: Double) {
    self.logProbability += logProbability
    length += 1
  }

  /// Adds the attention of one prediction over the source tokens.
  mutating func add(attention: [Float]) {
    if self.attention.isEmpty { self.attention = Array(repeating: 0, count: attention.count) }
    for (token, share) in attention.enumerated() { self.attention[token] += share }
  }

  /// The logarithm of how much of the source is covered: 0 where every token received the attention of one prediction
  /// or more, and the lower the less some received.
  ///
  /// Attention that is too little for a float counts as the least that is not, so that it is finite.
  var coverage: Double {
    attention.reduce(0) { $0 + log(Double(min(max($1, .leastNormalMagnitude), 1))) }
  }

  /// The sums of two hypotheses, one behind the other, each with a source of its own.
  public static func + (left: HypothesisSums, right: HypothesisSums) -> HypothesisSums {
    HypothesisSums(
      logProbability: left.logProbability + right.logProbability, length: left.length + right.length,
      attention: left.attention + right.attention)
  }
}

/// The one place where sums become a score: what hypotheses are ranked by, and what is printed.
public struct Scoring: Sendable, Equatable {
  /// Divides the log-probability.
  public var lengthPenalty: LengthPenalty
  /// Weight of the coverage of the source, 0 or more; 0 for a score without it.
  public var coveragePenalty: Double

  /// By default, the mean log-probability of a prediction.
  public init(lengthPenalty: LengthPenalty = .normalized(alpha: 1), coveragePenalty: Double = 0) {
    (self.lengthPenalty, self.coveragePenalty) = (lengthPenalty, coveragePenalty)
  }

  /// Whether a model must tell where it looks.
  var needsAttention: Bool { coveragePenalty != 0 }

  /// The score of a hypothesis, or of several that make up a line; higher is better.
  ///
  /// `log P / lengthPenalty + coveragePenalty · Σᵢ log(min(Σⱼ pᵢⱼ, 1))`, where `pᵢⱼ` is the attention of prediction *j*
  /// to source token *i*.
  ///
  /// Source: Wu et al. 2016, "Google's Neural Machine Translation System", equation 14.
  public func score(_ sums: HypothesisSums) -> Double {
    let score = sums.logProbability / lengthPenalty.divisor(length: max(1, sums.length))
    return needsAttention ? score + coveragePenalty * sums.coverage : score
  }

  /// The highest score that any continuation of a hypothesis with these sums can reach in `maxLength` predictions.
  ///
  /// Its log-probability is at most that of its beginning, which is not above 0; so the greatest divisor, that of the
  /// greatest length, makes the best of it. The rest of the source may yet be covered, which takes off nothing.
  func bound(_ sums: HypothesisSums, maxLength: Int) -> Double {
    score(HypothesisSums(logProbability: sums.logProbability, length: maxLength))
  }
}

/// What a user can choose about scores; what is left open, each kind of search decides.
public struct ScoringOptions: Sendable, Equatable {
  /// How hypotheses of different length are compared; nil: as is usual for the kind of search.
  public var lengthPenalty: LengthPenalty?
  /// Weight of the coverage of the source: above 0, translations that leave something out are ranked lower.
  public var coveragePenalty: Double

  /// Nothing but the usual.
  public init(lengthPenalty: LengthPenalty? = nil, coveragePenalty: Double = 0) {
    (self.lengthPenalty, self.coveragePenalty) = (lengthPenalty, coveragePenalty)
  }

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
    try require(0...100 ~= coveragePenalty, "coverage penalty", coveragePenalty, "a number from 0 to 100")
    try require(
      kind == .autoregressive || coveragePenalty == 0, "coverage penalty", coveragePenalty,
      "0 with a decoder that predicts all tokens at once: only one that predicts token by token tells for each token "
        + "where in the source it looks; translate with --decoder autoregressive, or leave the penalty out")
    return Scoring(lengthPenalty: penalty, coveragePenalty: coveragePenalty)
  }
}

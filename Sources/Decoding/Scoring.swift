import Glibc
public import Models

/// Sums over the predictions of a hypothesis, or over the pieces of a line that was cut.
public struct HypothesisSums: Sendable, Equatable {
  /// The natural logarithm of the probability of all predictions; NaN if the search does not compute it.
  public var logProbability: Double
  /// The number of predictions: the tokens, and `</s>` if it was predicted.
  public var length: Int
  /// The attention that each source token received from all predictions; empty if the scoring does not need it.
  public var attention: [Float]

  /// The given sums; by default, those of no predictions.
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

  /// The logarithm of the coverage of the source: 0 if every source token received a total attention of at least 1, and
  /// lower the less some received.
  ///
  /// Attention below the smallest normal float counts as that number, so that the result is finite.
  var coverage: Double {
    attention.reduce(0) { $0 + log(Double(min(max($1, .leastNormalMagnitude), 1))) }
  }

  /// The sums of two hypotheses for consecutive pieces of a source.
  public static func + (left: HypothesisSums, right: HypothesisSums) -> HypothesisSums {
    HypothesisSums(
      logProbability: left.logProbability + right.logProbability, length: left.length + right.length,
      attention: left.attention + right.attention)
  }
}

/// Computes scores from sums, the same for ranking and for output.
public struct Scoring: Sendable, Equatable {
  /// Divides the log-probability.
  public var lengthPenalty: LengthPenalty
  /// The weight of the coverage of the source; 0 to leave it out.
  public var coveragePenalty: Double

  /// By default, the mean log-probability of a prediction.
  public init(lengthPenalty: LengthPenalty = .normalized(alpha: 1), coveragePenalty: Double = 0) {
    (self.lengthPenalty, self.coveragePenalty) = (lengthPenalty, coveragePenalty)
  }

  /// Whether the model must report its attention.
  var needsAttention: Bool { coveragePenalty != 0 }

  /// The score of a hypothesis, or of the pieces of a line; higher is better.
  ///
  /// `log P / lengthPenalty + coveragePenalty · Σᵢ log(min(Σⱼ pᵢⱼ, 1))`, where `pᵢⱼ` is the attention from prediction
  /// *j* to source token *i*.
  ///
  /// Source: Wu et al. 2016, "Google's Neural Machine Translation System", equation 14.
  public func score(_ sums: HypothesisSums) -> Double {
    let score = sums.logProbability / lengthPenalty.divisor(length: max(1, sums.length))
    return needsAttention ? score + coveragePenalty * sums.coverage : score
  }

  /// The highest score that any continuation of a hypothesis with these sums can reach in `maxLength` predictions.
  ///
  /// The log-probability of a continuation is at most that of the hypothesis, which is at most 0, so the largest
  /// divisor, that of the maximum length, gives the highest score. The coverage term is at most 0.
  func bound(_ sums: HypothesisSums, maxLength: Int) -> Double {
    score(HypothesisSums(logProbability: sums.logProbability, length: maxLength))
  }
}

/// Scoring options of a user; each kind of search has its own defaults.
public struct ScoringOptions: Sendable, Equatable {
  /// How hypotheses of different lengths are compared; nil for the default of the kind of search.
  public var lengthPenalty: LengthPenalty?
  /// The weight of the coverage of the source: above 0, translations that leave something out rank lower.
  public var coveragePenalty: Double

  /// The defaults, unless given.
  public init(lengthPenalty: LengthPenalty? = nil, coveragePenalty: Double = 0) {
    (self.lengthPenalty, self.coveragePenalty) = (lengthPenalty, coveragePenalty)
  }

  /// The kinds of search that differ in scoring.
  public enum SearchKind: Sendable, Equatable {
    /// An autoregressive search.
    case autoregressive
    /// Non-autoregressive drafts that the autoregressive decoder of the model scores.
    case drafts
    /// A non-autoregressive search.
    case nonautoregressive(NonautoregressiveMethod)
  }

  /// The validated scoring of a search.
  ///
  /// The default is the mean log-probability of a prediction. For CTC it is the sum: every translation explains the
  /// same rows, so a short one does not have fewer factors than a long one, and needs no correction.
  public func scoring(for kind: SearchKind) throws(SearchOptionsError) -> Scoring {
    let usual: LengthPenalty = kind == .nonautoregressive(.ctc) ? .none : .normalized(alpha: 1)
    let penalty = lengthPenalty ?? usual
    try require(0...100 ~= penalty.alpha, "length penalty", penalty.alpha, "a number from 0 to 100")
    try require(0...100 ~= coveragePenalty, "coverage penalty", coveragePenalty, "a number from 0 to 100")
    try require(
      kind == .autoregressive || coveragePenalty == 0, "coverage penalty", coveragePenalty,
      "0 with a non-autoregressive decoder: only an autoregressive one reports its attention to the source for each "
        + "token; translate with --decoder autoregressive, or leave the penalty out")
    return Scoring(lengthPenalty: penalty, coveragePenalty: coveragePenalty)
  }
}

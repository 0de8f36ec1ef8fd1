public import Models

/// Scoring options of a user; each kind of search has its own defaults.
public struct ScoringOptions: Sendable, Equatable {
  /// How hypotheses of different lengths are compared; nil for the default of the kind of search.
  public var lengthPenalty: LengthPenalty?
  /// The weight of the coverage of the source: above 0, translations that leave something out rank lower.
  public var coveragePenalty: Double
  /// What each token of a translation costs, `</s>` included; below 0 a reward for longer translations.
  public var wordPenalty: Double

  /// The defaults, unless given.
  public init(
    lengthPenalty: LengthPenalty? = nil, coveragePenalty: Double = 0, wordPenalty: Double = 0
  ) {
    (self.lengthPenalty, self.coveragePenalty) = (lengthPenalty, coveragePenalty)
    self.wordPenalty = wordPenalty
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
    try require(-100...100 ~= wordPenalty, "word penalty", wordPenalty, "a number from -100 to 100")
    return Scoring(lengthPenalty: penalty, coveragePenalty: coveragePenalty, wordPenalty: wordPenalty)
  }
}

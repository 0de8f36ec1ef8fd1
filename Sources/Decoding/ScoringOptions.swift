public import Models

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

/// Search options that have been checked: what can be wrong with them is known before a model is read.
public struct SearchPlan: Sendable {
  private var options: SearchOptions
  /// Of a model that predicts token by token.
  private let scoring: Scoring

  /// A plan for what a user asks for.
  public init(_ options: SearchOptions) throws(SearchOptionsError) {
    try options.checkRanges()
    (self.options, scoring) = (options, try options.scoring.scoring(for: .autoregressive))
  }

  /// The search for a model that predicts token by token.
  public func makeStrategy() -> any SearchStrategy {
    if let sampling = options.sampling {
      return SamplingSearch(sampling, count: options.nBest, limits: options.limits, scoring: scoring)
    }
    let beamSize = options.autoregressiveBeamSize
    if beamSize == 1 {
      return GreedySearch(
        limits: options.limits, scoring: scoring, computesScores: options.computesScores)
    }
    return BeamSearch(
      beamSize: beamSize, nBest: options.nBest, scoring: scoring, limits: options.limits,
      stopsEagerly: options.stopsEagerly)
  }

  /// The scoring of another kind of search.
  func scoring(for kind: ScoringOptions.SearchKind) throws(SearchOptionsError) -> Scoring {
    try options.scoring.scoring(for: kind)
  }

  /// Translations returned for each sentence.
  var nBest: Int { options.nBest }
  /// Whether a search that can do without probabilities computes them.
  var computesScores: Bool { options.computesScores }
  /// What concerns models that predict all tokens at once.
  var nonautoregressive: NonautoregressiveSearchOptions { options.nonautoregressive }
  /// Beginnings that a search over CTC's rows keeps.
  var ctcBeamSize: Int { options.beamSize ?? max(1, options.nBest) }

  /// The plan for drafts that another decoder chooses from: as many as there are, without probabilities.
  var drafting: SearchPlan {
    var plan = self
    plan.options.beamSize = ctcBeamSize
    plan.options.nBest = max(nonautoregressive.lengthBeam, ctcBeamSize)
    plan.options.computesScores = false
    return plan
  }
}

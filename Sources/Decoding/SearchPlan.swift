/// Validated search options: errors are reported before a model is read.
public struct SearchPlan: Sendable {
  private var options: SearchOptions
  /// The scoring for autoregressive models.
  private let scoring: Scoring

  /// A plan for a user's options.
  public init(_ options: SearchOptions) throws(SearchOptionsError) {
    try options.checkRanges()
    (self.options, scoring) = (options, try options.scoring.scoring(for: .autoregressive))
  }

  /// The search for an autoregressive model.
  public func makeStrategy() -> any SearchStrategy {
    if let sampling = options.sampling {
      var search = SamplingSearch(
        sampling, count: options.nBest, limits: options.limits, scoring: scoring)
      search.recordsAttention = options.recordsAttention
      return search
    }
    let beamSize = options.autoregressiveBeamSize
    if beamSize == 1 {
      var search = GreedySearch(
        limits: options.limits, scoring: scoring, computesScores: options.computesScores)
      search.recordsAttention = options.recordsAttention
      return search
    }
    var search = BeamSearch(
      beamSize: beamSize, nBest: options.nBest, scoring: scoring, limits: options.limits,
      stopRule: options.stopRule)
    search.groups = options.groups
    search.recordsAttention = options.recordsAttention
    return search
  }

  /// The scoring of another kind of search.
  func scoring(for kind: ScoringOptions.SearchKind) throws(SearchOptionsError) -> Scoring {
    try require(
      kind == .autoregressive || options.sampling == nil, "sampling", "on",
      "off with a non-autoregressive decoder; translate with --decoder autoregressive, or without --sample")
    return try options.scoring.scoring(for: kind)
  }

  /// The number of translations returned for each sentence.
  var nBest: Int { options.nBest }
  /// Whether a search that does not need probabilities computes them.
  var computesScores: Bool { options.computesScores }
  /// The number of iterations of mask-predict.
  var iterations: Int { options.iterations }
  /// The number of lengths that are tried.
  var lengthBeam: Int { options.lengthBeam }
  /// The number of prefixes that a search over CTC rows keeps.
  var ctcBeamSize: Int { options.ctcBeamSize }

  /// The plan for drafts that the autoregressive decoder chooses from: as many as possible, without probabilities.
  var drafting: SearchPlan {
    var plan = self
    // The beam belongs to the autoregressive decoder.
    plan.options.nonautoregressive.lengthBeam = options.nonautoregressive.lengthBeam ?? 5
    plan.options.beamSize = ctcBeamSize
    plan.options.nBest = max(plan.lengthBeam, ctcBeamSize)
    plan.options.computesScores = false
    return plan
  }
}

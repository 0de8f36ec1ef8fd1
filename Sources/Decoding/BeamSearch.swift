import Tokens

/// Beam search: at every step, the best few partial translations of each sentence are continued.
///
/// This file is the loop over the batch. `Beam` handles one sentence, `CandidateSelection` selects the best
/// continuations, and `FinishedHypotheses` decides when a sentence is done.
///
/// Results do not depend on which sentences share a batch.
public struct BeamSearch: SearchStrategy {
  /// Hypotheses kept for each sentence; 1 or more.
  public var beamSize: Int
  /// Translations returned for each sentence, between 1 and ``beamSize``.
  public var nBest: Int
  /// Scores the hypotheses for ranking.
  public var scoring: Scoring
  /// The limits on the length of a translation.
  public var limits: SearchLimits
  /// Whether a sentence is done as soon as ``nBest`` hypotheses have ended.
  ///
  /// This is faster, but may miss a better translation. Otherwise, the search continues until no live hypothesis could
  /// become better than those that have ended.
  public var stopsEagerly: Bool
  /// Whether translations report their attention.
  public var recordsAttention = false

  /// A beam search.
  ///
  /// - Precondition: `1 <= nBest <= beamSize`; ``SearchPlan`` checks values that come from a user.
  public init(
    beamSize: Int = 5, nBest: Int = 1, scoring: Scoring = Scoring(),
    limits: SearchLimits = SearchLimits(), stopsEagerly: Bool = false
  ) {
    precondition(1...max(1, beamSize) ~= nBest, "BeamSearch: \(nBest) best of a beam of \(beamSize)")
    self.beamSize = beamSize
    self.nBest = nBest
    self.scoring = scoring
    self.limits = limits
    self.stopsEagerly = stopsEagerly
  }

  /// The best translations of each sentence, best first, all different.
  public func search<Model: StepwiseModel>(_ input: DecoderInput, model: Model) -> [[Hypothesis]] {
    var beams = limits.rules(for: input, model)
      .map { Beam(settings: self, rules: $0) }
    var batch = RowBatch(
      input.source, model: model, scoring: scoring, recordsAttention: recordsAttention,
      // It says where required phrases belong.
      readsAttention: input.guides.contains { !$0.required.isEmpty })
    while !batch.hypotheses.isEmpty {
      batch.step()
      var survivors: [Survivor] = []
      var firstRow = 0
      for index in beams.indices where beams[index].rowCount > 0 {
        let rows = firstRow..<firstRow + beams[index].rowCount
        survivors += beams[index].advance(in: batch, rows: rows)
        firstRow = rows.upperBound
      }
      batch.grow(survivors)
    }
    return beams.map(\.finished.best)
  }
}

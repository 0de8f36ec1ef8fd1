import Tokens

/// Beam search: at every step the best few beginnings of each sentence's translation go on.
///
/// This file is the loop over the batch; what happens to one sentence is in `Beam`, which continuations are
/// best in `CandidateSelection`, and when a sentence is done in `FinishedHypotheses`.
///
/// Results do not depend on which sentences share a batch.
public struct BeamSearch: SearchStrategy {
  /// Hypotheses kept for each sentence; 1 or more.
  public var beamSize: Int
  /// Translations returned for each sentence, between 1 and ``beamSize``.
  public var nBest: Int
  /// What hypotheses are ranked by.
  public var scoring: Scoring
  /// How long a translation may be.
  public var limits: SearchLimits
  /// Whether a sentence is done as soon as ``nBest`` hypotheses have ended.
  ///
  /// Faster, but a better translation may be missed. Without it a search goes on until no live hypothesis
  /// could become better than those that have ended.
  public var stopsEagerly: Bool

  /// A beam search.
  ///
  /// - Precondition: `1 <= nBest <= beamSize`; ``SearchOptions`` checks what comes from a user.
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

  /// The best translations of each sentence, best first, no two of them alike.
  public func search<Model: StepwiseModel>(_ input: DecoderInput, model: Model) -> [[Hypothesis]] {
    var beams = limits.rules(for: input.source, model)
      .map { Beam(settings: self, rules: $0) }
    var batch = RowBatch(input.source, model: model, scoring: scoring)
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

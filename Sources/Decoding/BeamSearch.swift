import Tokens

/// Beam search: at every step, the best few partial translations of each sentence are continued.
///
/// This file is the loop over the batch. `Beam` handles one sentence, or one group of its hypotheses, `CandidateSelection`
/// selects the best continuations, and `FinishedHypotheses` decides when a sentence is done.
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
  /// When a sentence is done.
  public var stopRule: StopRule
  /// Groups of hypotheses that should differ from one another; 1 for a usual beam.
  public var groups = BeamGroups()
  /// Whether translations report their attention.
  public var recordsAttention = false

  /// A beam search.
  ///
  /// - Precondition: `1 <= nBest <= beamSize`; ``SearchPlan`` checks values that come from a user.
  public init(
    beamSize: Int = 5, nBest: Int = 1, scoring: Scoring = Scoring(),
    limits: SearchLimits = SearchLimits(), stopRule: StopRule = .settled
  ) {
    precondition(1...max(1, beamSize) ~= nBest, "BeamSearch: \(nBest) best of a beam of \(beamSize)")
    self.beamSize = beamSize
    self.nBest = nBest
    self.scoring = scoring
    self.limits = limits
    self.stopRule = stopRule
  }

  /// The best translations of each sentence, best first, all different.
  public func search<Model: StepwiseModel>(_ input: DecoderInput, model: Model) -> [[Hypothesis]] {
    let (settings, count) = (group, groups.count)
    var beams = limits.rules(for: input, model).flatMap { rules in
      (0..<count).map { _ in Beam(settings: settings, rules: rules) }
    }
    var batch = RowBatch(
      input.source, copies: count, model: model, scoring: scoring, recordsAttention: recordsAttention,
      // It says where required phrases belong.
      readsAttention: input.guides.contains { !$0.required.isEmpty })
    while !batch.hypotheses.isEmpty {
      batch.step()
      var survivors: [Survivor] = []
      var firstRow = 0
      var chosen = groups.nothingChosen
      for index in beams.indices {
        if index % count == 0 { chosen.reset() }
        guard beams[index].rowCount > 0 else { continue }
        let rows = firstRow..<firstRow + beams[index].rowCount
        let next = beams[index].advance(in: batch, rows: rows, avoiding: chosen)
        if count > 1 { chosen.add(next) }
        survivors += next
        firstRow = rows.upperBound
      }
      batch.grow(survivors)
    }
    if count == 1 { return beams.map(\.finished.best) }
    return stride(from: 0, to: beams.count, by: count).map { first in
      groups.merged(beams[first..<first + count].map(\.finished.best), count: nBest)
    }
  }

  /// The search of one group.
  private var group: BeamSearch {
    guard groups.count > 1 else { return self }
    precondition(
      beamSize % groups.count == 0, "BeamSearch: a beam of \(beamSize) in \(groups.count) groups")
    var group = self
    group.beamSize = beamSize / groups.count
    group.nBest = min(nBest, group.beamSize)
    return group
  }
}

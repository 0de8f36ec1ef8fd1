import Tokens

/// The live and finished hypotheses of one sentence, or of one group of them.
///
/// A beam has ``BeamSearch/beamSize`` places. By the usual ``StopRule``, a hypothesis that predicts `</s>` keeps its place,
/// and the live ones share the rest: the beam narrows until no hypothesis is live, or until no live hypothesis could become
/// better than the finished ones.
struct Beam: Sendable {
  private let settings: BeamSearch
  private let rules: SentenceRules
  private(set) var finished: FinishedHypotheses
  private var places: Int
  /// The number of hypotheses that have ended, for ``StopRule/firstCome(patience:)``.
  private var endedCount = 0
  /// As many of the best that have ended as the beam has places, for ``StopRule/full``.
  private var fullBeam: FinishedHypotheses
  /// The hypotheses that have ended and are still in the beam, best first, for ``StopRule/vanilla``.
  private var ended: [Ended] = []
  /// The number of live hypotheses, each of which has a row in the batch, best first.
  private(set) var rowCount = 1
  /// The phrases that the translation must contain, and how far each live hypothesis is; nil without phrases.
  private var phrases: RequiredPhrases?

  init(settings: BeamSearch, rules: SentenceRules) {
    (self.settings, self.rules) = (settings, rules)
    phrases = RequiredPhrases(rules.guide)
    finished = FinishedHypotheses(count: settings.nBest)
    places = settings.beamSize
    fullBeam = FinishedHypotheses(count: settings.beamSize)
  }

  /// Advances by one token.
  ///
  /// - Parameters:
  ///   - batch: the hypotheses and their scores.
  ///   - rows: the rows of the live hypotheses.
  ///   - chosen: the tokens that other groups have chosen.
  /// - Returns: the hypotheses that survive, best first; empty when the sentence is done.
  mutating func advance<Model: StepwiseModel>(
    in batch: RowBatch<Model>, rows: Range<Int>, avoiding chosen: ChosenTokens
  ) -> [Survivor] {
    let allowed = rows.map { row in
      let allowed = rules.allowed(after: batch.hypotheses[row])
      return phrases.map { $0.restricted(allowed, of: row - rows.lowerBound) } ?? allowed
    }
    // Where the beam keeps its width, the best half may all end, and the other half goes on.
    var selection = CandidateSelection(count: settings.stopRule.keepsWidth ? 2 * places : places)
    let chosen = chosen.isEmpty ? nil : chosen
    for (row, allowed) in zip(rows, allowed) {
      selection.offer(
        row: batch.scores.span.extracting(batch.range(ofRow: row)), of: row,
        logProbability: batch.hypotheses[row].sums.logProbability, allowed: allowed, avoiding: chosen)
    }
    let best = phrases?.select(selection.best, places, in: batch, rows: rows, allowed) ?? selection.best
    if best.isEmpty {
      for row in rows { finished.insert(batch.finished(row, as: .invalidScores)) }
    }
    var survivors =
      switch settings.stopRule {
      case .settled, .eager: grow(best, in: batch)
      case .firstCome, .full: growKeepingWidth(best, in: batch)
      case .vanilla: growCompeting(best, in: batch)
      }
    if isDone(survivors, in: batch) { survivors = [] }
    rowCount = survivors.count
    return survivors
  }

  /// Splits the chosen continuations into those that end and those that survive.
  private mutating func grow<Model: StepwiseModel>(_ candidates: [Candidate], in batch: RowBatch<Model>)
    -> [Survivor]
  {
    var survivors: [Survivor] = []
    for candidate in candidates {
      let prediction = Prediction(token: candidate.token, logProbability: candidate.step)
      let ending = rules.ending(of: batch.hypotheses[candidate.parent], with: prediction)
      if let ending {
        var hypothesis = batch.finished(candidate.parent, with: prediction, as: ending)
        hypothesis.misplacement = phrases?.misplacement(of: candidate) ?? 0
        finished.insert(hypothesis)
        places -= 1
        phrases?.drop(candidate)
      } else {
        survivors.append(Survivor(row: candidate.parent, prediction: prediction))
      }
    }
    return survivors
  }

  /// The same for ``StopRule/firstCome(patience:)`` and ``StopRule/full``: what ends leaves its place to the next best.
  private mutating func growKeepingWidth<Model: StepwiseModel>(
    _ candidates: [Candidate], in batch: RowBatch<Model>
  ) -> [Survivor] {
    var survivors: [Survivor] = []
    for (rank, candidate) in candidates.enumerated() {
      let prediction = Prediction(token: candidate.token, logProbability: candidate.step)
      if let ending = rules.ending(of: batch.hypotheses[candidate.parent], with: prediction) {
        // One that is not among the best does not end: it never had a place.
        guard rank < places else { continue }
        let hypothesis = batch.finished(candidate.parent, with: prediction, as: ending)
        finished.insert(hypothesis)
        if settings.stopRule == .full { fullBeam.insert(hypothesis) }
        endedCount += 1
      } else if survivors.count < places {
        survivors.append(Survivor(row: candidate.parent, prediction: prediction))
      }
    }
    return survivors
  }

  /// The same for ``StopRule/vanilla``: what has ended competes with what goes on.
  private mutating func growCompeting<Model: StepwiseModel>(
    _ candidates: [Candidate], in batch: RowBatch<Model>
  ) -> [Survivor] {
    var survivors: [Survivor] = []
    var (kept, rest) = ([Ended](), ended[...])
    for candidate in candidates {
      while let first = rest.first, first.total >= candidate.total, kept.count + survivors.count < places {
        kept.append(rest.removeFirst())
      }
      guard kept.count + survivors.count < places else { break }
      let prediction = Prediction(token: candidate.token, logProbability: candidate.step)
      if let ending = rules.ending(of: batch.hypotheses[candidate.parent], with: prediction) {
        let hypothesis = batch.finished(candidate.parent, with: prediction, as: ending)
        kept.append(Ended(hypothesis: hypothesis, total: candidate.total))
      } else {
        survivors.append(Survivor(row: candidate.parent, prediction: prediction))
      }
    }
    ended = kept + rest.prefix(places - kept.count - survivors.count)
    if survivors.isEmpty { for item in ended { finished.insert(item.hypothesis) } }
    return survivors
  }

  /// Whether the live hypotheses may be dropped.
  private func isDone<Model: StepwiseModel>(_ live: [Survivor], in batch: RowBatch<Model>) -> Bool {
    guard !live.isEmpty else { return true }
    switch settings.stopRule {
    case .settled:
      // The live ones have the same length. Without groups they are sorted best first: the first has the highest bound.
      let compared = settings.groups.count > 1 ? live[...] : live.prefix(1)
      return compared.allSatisfy { survivor in
        var sums = batch.hypotheses[survivor.row].sums
        sums.add(logProbability: survivor.prediction.logProbability)
        return finished.isSettled(bound: settings.scoring.bound(sums, maxLength: rules.maxLength))
      }
    case .eager: return finished.isFull
    case .firstCome(let patience):
      let wanted = (patience * Double(settings.beamSize)).rounded(.up)
      return finished.isFull && Double(endedCount) >= wanted
    case .full:
      var sums = batch.hypotheses[live[0].row].sums
      sums.add(logProbability: live[0].prediction.logProbability)
      return fullBeam.isSettled(bound: settings.scoring.score(sums))
    case .vanilla: return false
    }
  }

  /// A hypothesis that has ended, with the log-probability by which it competes.
  private struct Ended {
    var hypothesis: Hypothesis
    var total: Double
  }
}

extension StopRule {
  fileprivate var keepsWidth: Bool {
    switch self {
    case .firstCome, .full: true
    case .settled, .eager, .vanilla: false
    }
  }
}

import Tokens

/// The live and finished hypotheses of one sentence.
///
/// A beam has ``BeamSearch/beamSize`` places. A hypothesis that predicts `</s>` keeps its place, and the live ones
/// share the rest: the beam narrows until no hypothesis is live, or until no live hypothesis could become better than
/// the finished ones.
struct Beam: Sendable {
  private let settings: BeamSearch
  private let rules: SentenceRules
  private(set) var finished: FinishedHypotheses
  private var places: Int
  /// The number of live hypotheses, each of which has a row in the batch, best first.
  private(set) var rowCount = 1
  /// The phrases that the translation must contain, and how far each live hypothesis is; nil without phrases.
  private var phrases: RequiredPhrases?

  init(settings: BeamSearch, rules: SentenceRules) {
    (self.settings, self.rules) = (settings, rules)
    phrases = RequiredPhrases(rules.guide)
    finished = FinishedHypotheses(count: settings.nBest)
    places = settings.beamSize
  }

  /// Advances by one token.
  ///
  /// - Parameters:
  ///   - batch: the hypotheses and their scores.
  ///   - rows: the rows of the live hypotheses.
  /// - Returns: the hypotheses that survive, best first; empty when the sentence is done.
  mutating func advance<Model: StepwiseModel>(in batch: RowBatch<Model>, rows: Range<Int>) -> [Survivor] {
    let allowed = rows.map { row in
      let allowed = rules.allowed(after: batch.hypotheses[row])
      return phrases.map { $0.restricted(allowed, of: row - rows.lowerBound) } ?? allowed
    }
    var selection = CandidateSelection(count: places)
    for (row, allowed) in zip(rows, allowed) {
      selection.offer(
        row: batch.scores.span.extracting(batch.range(ofRow: row)), of: row,
        logProbability: batch.hypotheses[row].sums.logProbability, allowed: allowed)
    }
    let best = phrases?.select(selection.best, places, in: batch, rows: rows, allowed) ?? selection.best
    if best.isEmpty {
      for row in rows { finished.insert(batch.finished(row, as: .invalidScores)) }
    }
    var survivors = grow(best, in: batch)
    if isDone(survivors.first, in: batch) { survivors = [] }
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

  /// Whether the live hypotheses, of which `best` is the first, may be dropped.
  private func isDone<Model: StepwiseModel>(_ best: Survivor?, in batch: RowBatch<Model>) -> Bool {
    guard let best else { return true }
    if settings.stopsEagerly { return finished.isFull }
    // The live ones are sorted best first and have the same length: the first has the highest bound.
    var sums = batch.hypotheses[best.row].sums
    sums.add(logProbability: best.prediction.logProbability)
    return finished.isSettled(bound: settings.scoring.bound(sums, maxLength: rules.maxLength))
  }
}

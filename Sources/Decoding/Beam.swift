import Tokens

/// One sentence's live hypotheses, and its finished ones.
///
/// A beam has ``BeamSearch/beamSize`` places. A hypothesis that predicts `</s>` keeps its place, and those
/// that live on share the rest: the beam narrows until nothing lives, or until no live hypothesis could
/// become better than the finished ones.
struct Beam: Sendable {
  private let settings: BeamSearch
  private let rules: SentenceRules
  private(set) var finished: FinishedHypotheses
  private var places: Int
  /// Live hypotheses: they have as many rows in the batch, best first.
  private(set) var rowCount = 1

  init(settings: BeamSearch, rules: SentenceRules) {
    (self.settings, self.rules) = (settings, rules)
    finished = FinishedHypotheses(count: settings.nBest)
    places = settings.beamSize
  }

  /// Goes one token further.
  ///
  /// - Parameters:
  ///   - batch: holds the hypotheses and their scores.
  ///   - rows: those of the live hypotheses.
  /// - Returns: what lives on, best first; nothing when the sentence is done.
  mutating func advance<Model: StepwiseModel>(in batch: RowBatch<Model>, rows: Range<Int>) -> [Survivor] {
    var selection = CandidateSelection(count: places)
    for row in rows {
      let hypothesis = batch.hypotheses[row]
      let allowed = rules.allowed(after: hypothesis)
      selection.offer(
        row: batch.scores.span.extracting(batch.range(ofRow: row)), of: row,
        logProbability: hypothesis.sums.logProbability, except: allowed.forbidden)
    }
    if selection.best.isEmpty {
      for row in rows { finished.insert(batch.finished(row, as: .invalidScores)) }
    }
    var survivors = grow(selection.best, in: batch)
    if isDone(survivors.first, in: batch) { survivors = [] }
    rowCount = survivors.count
    return survivors
  }

  /// Sorts the chosen continuations into what ends and what lives on.
  private mutating func grow<Model: StepwiseModel>(_ candidates: [Candidate], in batch: RowBatch<Model>)
    -> [Survivor]
  {
    var survivors: [Survivor] = []
    for candidate in candidates {
      let prediction = Prediction(token: candidate.token, logProbability: candidate.step)
      let ending = rules.ending(of: batch.hypotheses[candidate.parent], with: prediction)
      if let ending {
        finished.insert(batch.finished(candidate.parent, with: prediction, as: ending))
        places -= 1
      } else {
        survivors.append(Survivor(row: candidate.parent, prediction: prediction))
      }
    }
    return survivors
  }

  /// Whether the live hypotheses, of which this is the first, may be dropped.
  private func isDone<Model: StepwiseModel>(_ best: Survivor?, in batch: RowBatch<Model>) -> Bool {
    guard let best else { return true }
    if settings.stopsEagerly { return finished.isFull }
    // The live ones stand best first and are equally long: the first has the highest bound.
    var sums = batch.hypotheses[best.row].sums
    sums.add(logProbability: best.prediction.logProbability)
    return finished.isSettled(bound: settings.scoring.bound(sums, maxLength: rules.maxLength))
  }
}

import Tokens

/// One sentence's live hypotheses, and its finished ones.
///
/// A beam has ``BeamSearch/beamSize`` places. A hypothesis that predicts `</s>` keeps its place, and those
/// that live on share the rest: the beam narrows until nothing lives, or until no live hypothesis could
/// become better than the finished ones.
struct Beam: Sendable {
  private let settings: BeamSearch
  private let rules: SentenceRules
  /// Best first; one row of the model's batch each.
  private(set) var live: [LiveHypothesis]
  private(set) var finished: FinishedHypotheses
  private var places: Int

  init(settings: BeamSearch, rules: SentenceRules) {
    (self.settings, self.rules) = (settings, rules)
    live = [LiveHypothesis(rules.specialTokens)]
    finished = FinishedHypotheses(count: settings.nBest)
    places = settings.beamSize
  }

  /// Goes one token further.
  ///
  /// - Parameters:
  ///   - batch: holds the scores.
  ///   - firstRow: the row of the first live hypothesis; those of the others follow.
  /// - Returns: the rows that the new live hypotheses come from, in their order; none when the sentence is done.
  mutating func advance<Model: StepwiseModel>(in batch: RowBatch<Model>, firstRow: Int) -> [Int] {
    var selection = CandidateSelection(count: places)
    for (parent, hypothesis) in live.enumerated() {
      let allowed = rules.allowed(after: hypothesis)
      selection.offer(
        row: batch.scores.span.extracting(batch.range(ofRow: firstRow + parent)), of: parent,
        logProbability: hypothesis.sums.logProbability, except: allowed.forbidden)
    }
    if selection.best.isEmpty { finishAll(as: .invalidScores) }
    let parents = grow(selection.best)
    if isDone { live = [] }
    return live.isEmpty ? [] : parents.map { firstRow + $0 }
  }

  /// Replaces the live hypotheses by their chosen continuations.
  ///
  /// - Returns: the parent of each that lives on.
  private mutating func grow(_ candidates: [Candidate]) -> [Int] {
    var (next, parents): ([LiveHypothesis], [Int]) = ([], [])
    for candidate in candidates {
      let parent = live[candidate.parent]
      if candidate.token == rules.specialTokens.end {
        finished.insert(parent.ended(logProbability: candidate.step, scoring: settings.scoring))
        places -= 1
      } else {
        next.append(parent.extended(by: candidate.token, logProbability: candidate.step))
        parents.append(candidate.parent)
      }
    }
    live = next
    if let length = live.first?.tokens.count, length >= rules.maxLength { finishAll(as: .lengthLimit) }
    return parents
  }

  private mutating func finishAll(as ending: Hypothesis.Ending) {
    for hypothesis in live { finished.insert(hypothesis.finished(as: ending, scoring: settings.scoring)) }
    live = []
  }

  /// Whether the live hypotheses may be dropped.
  private var isDone: Bool {
    // The live ones stand best first and are equally long: the first has the highest bound.
    guard let best = live.first else { return true }
    if settings.stopsEagerly { return finished.isFull }
    return finished.isSettled(bound: settings.scoring.bound(best.sums, maxLength: rules.maxLength))
  }
}

/// Which of two models is the better one, and when a training makes no more progress.
public struct ModelSelection: Sendable, Equatable {
  /// The metric that decides which model is the best.
  public var bestBy = ValidationMetric.bleu
  /// Metrics that must make progress; none: ``bestBy``.
  public var stopBy: [ValidationMetric] = []
  /// How many of ``stopBy`` must be without progress for training to stop.
  public var stopWhen = StopRule.any
  /// Which scores of the user's own program are the better ones.
  public var scriptOrder = ScoreOrder.higher
  /// Whether the best model by every metric is kept, beside that by ``bestBy``.
  public var keepsBest = false

  /// BLEU decides.
  public init() {}

  /// When training stops, of several metrics.
  public enum StopRule: String, Sendable, CaseIterable {
    /// As soon as one of them is without progress.
    case any
    /// Not before all of them are.
    case all
  }

  /// Which of two numbers is the better one.
  public enum ScoreOrder: String, Sendable, CaseIterable {
    /// The greater one, as of BLEU.
    case higher
    /// The smaller one, as of an error rate.
    case lower
  }

  /// Whether scores are better than others by a metric.
  ///
  /// A score that is missing is worse than any. Of equal ones, and where both are missing, perplexity decides: at the
  /// start of a training BLEU is 0 for long.
  ///
  /// - Parameters:
  ///   - scores: those in question.
  ///   - other: those to beat; nil: any model will do whose perplexity is a number.
  ///   - metric: what decides.
  /// - Returns: whether they are.
  func isBetter(_ scores: ValidationScores, than other: ValidationScores?, by metric: ValidationMetric)
    -> Bool
  {
    guard let other else { return scores.perplexity.isFinite }
    return switch (scores[metric], other[metric]) {
    case (let mine?, let theirs?) where mine != theirs:
      order(of: metric) == .higher ? mine > theirs : mine < theirs
    case (_?, nil): true
    case (nil, _?): false
    default: scores.perplexity < other.perplexity
    }
  }

  /// How scores compare to the best so far, by ``bestBy``.
  func verdict(on scores: ValidationScores, best: ValidationScores?) -> Verdict {
    if isBetter(scores, than: best, by: bestBy) { return .better }
    return scores[bestBy] == nil && best?[bestBy] != nil ? .undecided : .noBetter
  }

  /// Whether as many metrics as it takes were no better for `patience` validations.
  func hasNoProgress(_ state: TrainingState, patience: Int) -> Bool {
    guard patience > 0 else { return false }
    guard !stopBy.isEmpty else { return state.best.validationsWithoutProgress >= patience }
    let isOver = stopBy.map { (state.progress[$0]?.validationsWithoutProgress ?? 0) >= patience }
    return stopWhen == .any ? isOver.contains(true) : !isOver.contains(false)
  }

  private func order(of metric: ValidationMetric) -> ScoreOrder {
    switch metric {
    case .perplexity: .lower
    case .bleu, .chrf: .higher
    case .script: scriptOrder
    }
  }
}

/// How the scores of a validation compare to the best so far.
enum Verdict: Sendable {
  case better
  case noBetter
  /// The score that decides is missing, and the best model has it.
  case undecided
}

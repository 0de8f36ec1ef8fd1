/// The rules for which of two models is better, and when training stops for lack of progress.
public struct ModelSelection: Sendable, Equatable {
  /// The metric that decides which model is the best.
  public var bestBy = ValidationMetric.bleu
  /// The metrics that must make progress; if empty, only ``bestBy``.
  public var stopBy: [ValidationMetric] = []
  /// Whether any or all of ``stopBy`` must be without progress for training to stop.
  public var stopWhen = StopRule.any
  /// Whether higher or lower scores of the user's own program are better.
  public var scriptOrder = ScoreOrder.higher
  /// Whether the best model by each metric is kept, in addition to that by ``bestBy``.
  public var keepsBest = false
  /// The score by ``bestBy`` at which training stops; nil for none.
  public var target: Double?

  /// BLEU decides.
  public init() {}

  /// When training stops if there are several metrics.
  public enum StopRule: String, Sendable, CaseIterable {
    /// As soon as one of them makes no progress.
    case any
    /// When none of them makes progress.
    case all
  }

  /// Which of two scores is better.
  public enum ScoreOrder: String, Sendable, CaseIterable {
    /// The higher one, as with BLEU.
    case higher
    /// The lower one, as with an error rate.
    case lower
  }

  /// Whether scores are better than others by a metric.
  ///
  /// A missing score is worse than any other. If both are equal or missing, perplexity decides: early in training, BLEU
  /// stays at 0 for a long time.
  ///
  /// - Parameters:
  ///   - scores: the new scores.
  ///   - other: the scores to beat; nil to accept any finite perplexity.
  ///   - metric: the metric that decides.
  /// - Returns: whether the new scores are better.
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

  /// Whether scores are at least as good as ``target``; false without a target, or if the score is missing.
  func reachesTarget(_ scores: ValidationScores?) -> Bool {
    guard let target, let score = scores?[bestBy] else { return false }
    return order(of: bestBy) == .higher ? score >= target : score <= target
  }

  /// Whether enough metrics, by ``stopWhen``, have not improved for `patience` validations.
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
  /// The deciding score is missing, and the best model has one.
  case undecided
}

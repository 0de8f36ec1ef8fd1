/// Why a run ended.
public enum TrainingEnd: Sendable, Equatable {
  /// The limit of updates was reached.
  case maxUpdates
  /// The limit of epochs was reached.
  case maxEpochs
  /// The time budget was used up.
  case timeBudget
  /// The best model is as good as ``ModelSelection/target``.
  case targetScore
  /// There was no better score for ``TrainingPlan/patience`` validations.
  case noProgress
  /// The delegate asked to stop.
  case interrupted
  /// The run diverged, and it could not roll back any more.
  case diverged(Divergence)

  /// The end by its name in the log, such as `max_updates`.
  public var name: String {
    switch self {
    case .maxUpdates: "max_updates"
    case .maxEpochs: "max_epochs"
    case .timeBudget: "time_budget"
    case .targetScore: "target_score"
    case .noProgress: "no_progress"
    case .interrupted: "interrupted"
    case .diverged: "diverged"
    }
  }

  /// Whether the run reached one of its limits, so that a last validation is due.
  package var isComplete: Bool { self != .interrupted && !isDiverged }

  /// Whether the run diverged, so that only earlier checkpoints are usable.
  var isDiverged: Bool { if case .diverged = self { true } else { false } }
}

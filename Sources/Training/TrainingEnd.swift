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

  /// Whether the run reached one of its limits, so that a last validation is due.
  package var isComplete: Bool { self != .interrupted && !isDiverged }

  /// Whether the run diverged, so that only earlier checkpoints are usable.
  var isDiverged: Bool { if case .diverged = self { true } else { false } }
}

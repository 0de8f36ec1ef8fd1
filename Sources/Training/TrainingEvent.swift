/// What a run tells its ``TrainingDelegate``.
public enum TrainingEvent: Sendable {
  /// An update is done, `elapsed` seconds into the run.
  case updated(UpdateReport, state: TrainingState, elapsed: Double)
  /// A line of the log is written.
  case logged(TrainingLogEntry)
  /// A validation begins.
  case validating(state: TrainingState)
  /// A validation is done.
  case validated(ValidationScores, state: TrainingState, isBest: Bool)
  /// The average of these weights is validated next, and becomes the model if it is better; fewer than two files
  /// have no average.
  case averaging(files: [KeptWeights.File])
  /// An update was skipped because its gradient was NaN or infinite.
  case skipped(SkippedBatch, state: TrainingState)
  /// The run diverged at update `from` and rolled back to an earlier one; from now on the learning rate is the
  /// schedule's times the factor.
  case rolledBack(Divergence, from: Int, learningRateFactor: Double, state: TrainingState)
  /// The checkpoint that was requested is written.
  case saved(path: String, state: TrainingState)
  /// A file could not be written; training continues.
  case saveFailed(reason: String)
}

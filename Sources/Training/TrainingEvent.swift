/// An event that a run reports to its ``TrainingDelegate``.
public enum TrainingEvent: Sendable {
  /// An update was done, `elapsed` seconds into the run.
  case updated(UpdateReport, state: TrainingState, elapsed: Double)
  /// The time budget is too short for the warm-up, which ends earlier than asked.
  case warmupShortened(ShortenedWarmup, state: TrainingState)
  /// A log line was written.
  case logged(TrainingLogEntry)
  /// A validation begins.
  case validating(state: TrainingState)
  /// A validation was done.
  case validated(ValidationScores, state: TrainingState, isBest: Bool)
  /// The average of these weights will be validated next, and becomes the model if it is better. With fewer than two
  /// files there is no average.
  case averaging(files: [KeptWeights.File])
  /// An update was skipped because its gradient was NaN or infinite.
  case skipped(SkippedBatch, state: TrainingState)
  /// The run diverged at update `from` and rolled back to an earlier one; from now on, the learning rate is that of the
  /// schedule times the factor.
  case rolledBack(Divergence, from: Int, learningRateFactor: Double, state: TrainingState)
  /// A requested checkpoint was written.
  case saved(path: String, state: TrainingState)
  /// A file could not be written; training continues.
  case saveFailed(reason: String)
}

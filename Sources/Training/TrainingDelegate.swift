public import Corpora
public import Models

/// Provides a ``TrainingRun`` with batches, saves its models, and receives its events.
///
/// All methods are called on the thread of the run, one at a time. If several processes train together, each has a
/// delegate: all are asked for batches and whether to stop or to save; only the first process's delegate saves models
/// and receives events.
public protocol TrainingDelegate {
  /// The batches of an epoch; called when an epoch begins, and when a run returns to it.
  ///
  /// - Parameter epoch: counted from 1.
  /// - Returns: at least one batch for the epoch; those of a corpus in memory are `PlannedBatches`.
  /// - Throws: an error, which ends the training.
  func batches(epoch: Int) throws -> any EpochBatches

  /// Saves the best model so far for translation.
  ///
  /// - Parameters:
  ///   - model: the model, with the moving average of the weights if one is kept.
  ///   - state: the state of the run; ``TrainingState/best`` is this model.
  /// - Throws: an error if it could not be saved; training continues, and the next model that is better than the one
  ///   saved before is tried.
  func saveBestModel(_ model: TrainedTransformer, state: TrainingState) throws

  /// Saves the best model so far by one metric if ``ModelSelection/keepsBest`` is on; does nothing by default.
  ///
  /// - Parameters:
  ///   - model: the model, with the moving average of the weights if one is kept.
  ///   - metric: the metric by which it is the best.
  ///   - state: the state of the run; ``TrainingState/best`` is this model.
  /// - Throws: an error if it could not be saved.
  func saveBestModel(_ model: TrainedTransformer, by metric: ValidationMetric, state: TrainingState) throws

  /// Whether training should stop, in all processes; called after every update. False by default.
  func shouldStop() -> Bool

  /// Whether a checkpoint should be written now, before training continues; called after every update. False by
  /// default.
  func shouldSaveCheckpoint() -> Bool

  /// Receives an event; does nothing by default.
  func observe(_ event: TrainingEvent)
}

extension TrainingDelegate {
  /// Saves nothing.
  public func saveBestModel(_ model: TrainedTransformer, by metric: ValidationMetric, state: TrainingState) {}
  /// Never.
  public func shouldStop() -> Bool { false }
  /// Never.
  public func shouldSaveCheckpoint() -> Bool { false }
  /// Ignores the event.
  public func observe(_ event: TrainingEvent) {}
}

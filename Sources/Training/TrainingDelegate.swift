public import Corpora
public import Models

/// What a ``TrainingRun`` asks of the program around it, and what it tells it.
///
/// All methods are called on the thread of the run, one at a time. Of several processes that train together each
/// has a delegate: all are asked for batches, and whether to stop or to save; the first process's alone saves models
/// and hears what happens.
public protocol TrainingDelegate {
  /// The batches of an epoch; called once an epoch.
  ///
  /// - Parameter epoch: counted from 1.
  /// - Returns: at least one batch for the epoch.
  /// - Throws: what ends the training.
  func batcher(epoch: Int) throws -> Batcher

  /// Writes the best model so far where translation finds it.
  ///
  /// - Parameters:
  ///   - model: the moving average of the weights, where one is kept.
  ///   - state: where the run stands; ``TrainingState/best`` is this model.
  /// - Throws: why it could not be written; training continues, and the next model that is better than the one
  ///   written before is tried.
  func saveBestModel(_ model: TrainedTransformer, state: TrainingState) throws

  /// Writes the best model so far by one metric, if ``ModelSelection/keepsBest`` is on; by default nothing.
  ///
  /// - Parameters:
  ///   - model: the moving average of the weights, where one is kept.
  ///   - metric: the metric by which it is the best.
  ///   - state: where the run stands; ``TrainingState/best`` is this model.
  /// - Throws: why it could not be written.
  func saveBestModel(_ model: TrainedTransformer, by metric: ValidationMetric, state: TrainingState) throws

  /// Whether training should stop, in all processes; called after every update; by default false.
  func shouldStop() -> Bool

  /// Whether a checkpoint should be written now, before training continues; called after every update; by
  /// default false.
  func shouldSaveCheckpoint() -> Bool

  /// Hears what happens; by default nothing.
  func observe(_ event: TrainingEvent)
}

extension TrainingDelegate {
  /// Writes nothing.
  public func saveBestModel(_ model: TrainedTransformer, by metric: ValidationMetric, state: TrainingState) {}
  /// Never.
  public func shouldStop() -> Bool { false }
  /// Never.
  public func shouldSaveCheckpoint() -> Bool { false }
  /// Ignores it.
  public func observe(_ event: TrainingEvent) {}
}

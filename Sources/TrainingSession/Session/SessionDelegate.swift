import Corpora
import Models
import Training

/// Connects a training run to the session's data, its output folder and its observer.
final class SessionDelegate: TrainingDelegate {
  private let data: TrainingData
  private let folder: OutputFolder
  private let monitor: SessionMonitor
  private var forecast: TrainingForecast
  /// Whether the folder may hold models of an earlier training that this one replaces.
  private var holdsEarlierModels: Bool

  /// - Parameters:
  ///   - data: the training data.
  ///   - folder: where models are written.
  ///   - monitor: receives events, and knows when to stop and to save.
  ///   - forecast: predicts how long the training will take.
  ///   - hasSaved: whether the training has saved a model before it was resumed.
  init(
    data: TrainingData, folder: OutputFolder, monitor: SessionMonitor, forecast: TrainingForecast,
    hasSaved: Bool
  ) {
    (self.data, self.folder, self.monitor, self.forecast) = (data, folder, monitor, forecast)
    holdsEarlierModels = !hasSaved
  }

  func batches(epoch: Int) -> any EpochBatches { data.batches(epoch: epoch) }

  func saveBestModel(_ model: TrainedTransformer, state: TrainingState) throws {
    try folder.save(model, state: state)
    removeEarlierModels(state)
  }

  func saveBestModel(_ model: TrainedTransformer, by metric: ValidationMetric, state: TrainingState) throws {
    try folder.save(model, state: state, bestBy: metric)
  }

  /// Removes what an earlier training kept, once this one has a model of its own.
  private func removeEarlierModels(_ state: TrainingState) {
    guard holdsEarlierModels else { return }
    holdsEarlierModels = false
    folder.removeKept(except: Set(state.progress.filter(\.value.isKept).keys))
  }

  func shouldStop() -> Bool { monitor.control.isStopped }

  func shouldSaveCheckpoint() -> Bool { monitor.control.takeSave() }

  func observe(_ event: TrainingEvent) {
    monitor.tell(.training(event))
    guard case .updated(_, let state, let elapsed) = event else { return }
    if let line = forecast.note(state, elapsed: elapsed) { monitor.note(.forecast(line)) }
  }
}

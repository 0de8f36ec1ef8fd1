public import Training

/// How a training ended and what came of it.
public struct TrainingOutcome: Sendable {
  /// A model that was saved.
  public struct Model: Sendable, Equatable {
    /// The folder to translate with.
    public let folder: String
    /// Its scores on the validation text.
    public let scores: ValidationScores
    /// The update after which it was validated.
    public let update: Int
    /// The updates whose weights it is the average of; nil if it is not an average.
    public var averagedUpdates: [Int]?
  }

  /// Why it ended.
  public let end: TrainingEnd
  /// Where it stands: updates, epochs, seconds.
  public let state: TrainingState
  /// What was done.
  public let settings: TrainingSettings
  /// Where the time went, where ``MachineRequest/profile`` asked for it.
  public let profile: ProfileReport?

  /// The best model; nil: there was no validation yet.
  public var best: Model? {
    state.best.scores.map {
      Model(
        folder: settings.folder, scores: $0, update: state.best.update,
        averagedUpdates: state.best.averagedUpdates)
    }
  }

  /// The best models by each metric, where ``ValidationRequest/keepsBest`` asked for them.
  public var bestByMetric: [ValidationMetric: Model] {
    state.progress.filter(\.value.isKept).reduce(into: [:]) { models, item in
      guard let scores = item.value.scores else { return }
      models[item.key] = Model(
        folder: OutputFolder.path(settings.folder, bestBy: item.key), scores: scores,
        update: item.value.update)
    }
  }

  /// Why the training came to nothing; nil where it did not.
  public var failure: TrainingDiverged? {
    guard case .diverged(let divergence) = end else { return nil }
    return TrainingDiverged(divergence: divergence, rollbacks: state.watch.rollbacks)
  }
}

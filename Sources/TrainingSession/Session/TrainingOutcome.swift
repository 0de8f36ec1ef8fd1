public import Training

/// How a training ended and what it produced.
public struct TrainingOutcome: Sendable {
  /// A saved model.
  public struct Model: Sendable, Equatable {
    /// Its folder, to translate with.
    public let folder: String
    /// Its scores on the validation text.
    public let scores: ValidationScores
    /// The update after which it was validated.
    public let update: Int
    /// The updates whose weights were averaged; nil if the model is not an average.
    public var averagedUpdates: [Int]?
  }

  /// Why it ended.
  public let end: TrainingEnd
  /// Its final state: updates, epochs, seconds.
  public let state: TrainingState
  /// The settings that it ran with.
  public let settings: TrainingSettings
  /// Updates that were done when it was resumed; nil if it was not resumed.
  public let updatesBefore: Int?
  /// Where the time went; nil unless ``MachineRequest/profile`` is set.
  public let profile: ProfileReport?

  /// The best model; nil before the first validation.
  public var best: Model? {
    state.best.scores.map {
      Model(
        folder: settings.folder, scores: $0, update: state.best.update,
        averagedUpdates: state.best.averagedUpdates)
    }
  }

  /// The best model by each metric; empty unless ``ValidationRequest/keepsBest`` is set.
  public var bestByMetric: [ValidationMetric: Model] {
    state.progress.filter(\.value.isKept).reduce(into: [:]) { models, item in
      guard let scores = item.value.scores else { return }
      models[item.key] = Model(
        folder: OutputFolder.path(settings.folder, bestBy: item.key), scores: scores,
        update: item.value.update)
    }
  }

  /// Whether it was resumed although it had reached its limit before, so that nothing was done.
  public var hadEndedBefore: Bool { updatesBefore == state.update && end != .interrupted && failure == nil }

  /// Why the training failed: ``TrainingDiverged``, or ``NoModelSaved`` if it left no model to translate with; nil if it
  /// did not.
  public var failure: (any Error)? {
    if case .diverged(let divergence) = end {
      return TrainingDiverged(divergence: divergence, rollbacks: state.watch.rollbacks)
    }
    return best == nil ? NoModelSaved(self) : nil
  }
}

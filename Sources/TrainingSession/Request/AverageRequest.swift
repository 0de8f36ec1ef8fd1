public import Training

/// Averages of weights: a moving average, and one of kept checkpoints.
public struct AverageRequest: Sendable, Equatable {
  /// Decay of the moving average that is validated and saved, 0 for none.
  public var decay = 0.999
  /// Number of newest weights to keep in separate files; nil: as many as ``last``.
  public var keepCheckpoints: Int?
  /// Interval between kept weights; nil: an epoch.
  public var keepEvery: TrainingInterval?
  /// Number of newest kept weights to average at the end; the average becomes the model if it validates better.
  public var last: Int?

  /// Only a moving average.
  public init() {}

  /// Number of weights to keep in separate files: as many as requested, or as the average needs.
  var keptCheckpoints: Int { keepCheckpoints ?? last ?? 0 }

  /// Rejects averages of weights that are not kept.
  func validate() throws(TrainingRequestError) {
    if keepEvery != nil, keptCheckpoints == 0 {
      throw .conflict("'--keep-every' needs '--keep-checkpoints' or '--average-last'")
    }
    if let last, let keepCheckpoints, last > keepCheckpoints {
      throw .conflict(
        "'--average-last \(last)' needs as many checkpoints, but '--keep-checkpoints \(keepCheckpoints)' "
          + "keeps fewer; leave it out or raise it")
    }
  }
}

public import Training

/// Averages of weights: a moving one, and one of kept checkpoints.
public struct AverageRequest: Sendable, Equatable {
  /// Decay of the moving average that is validated and saved, 0 for none.
  public var decay = 0.999
  /// Newest weights that are kept in files of their own; nil: as many as ``last``.
  public var keepCheckpoints: Int?
  /// From one of them to the next; nil: an epoch.
  public var keepEvery: TrainingInterval?
  /// Newest kept weights whose average is validated at the end, and is the model if it is better.
  public var last: Int?

  /// A moving average.
  public init() {}

  /// Weights that are kept in files of their own: as many as were asked for, or as the average needs.
  var keptCheckpoints: Int { keepCheckpoints ?? last ?? 0 }

  /// Refuses averages of what is not kept.
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

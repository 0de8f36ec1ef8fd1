import Recipes
public import Training

/// When to stop, to validate and to save: whichever limit comes first ends the training.
public struct StoppingRequest: Sendable, Equatable {
  /// Total number of updates; nil: no limit.
  public var maxUpdates: Int?
  /// Number of passes over the training text; nil: no limit.
  public var maxEpochs: Int?
  /// Total time of training, validation included; nil: no limit.
  public var timeBudget: Duration?
  /// Interval between validations.
  @Given public var validateEvery = TrainingInterval.updates(500)
  /// Validations without progress before stopping; 0 never stops.
  @Given public var patience = 10
  /// Updates between two lines of `train.jsonl`.
  public var logEvery = 50
  /// Minimum time between two checkpoints.
  public var checkpointEvery = Duration.seconds(300)

  /// No limit but patience.
  public init() {}

  /// The limits that are known from the start.
  var limits: TrainingLimits {
    var limits = TrainingLimits()
    (limits.seconds, limits.updates, limits.epochs) = (timeBudget?.inSeconds, maxUpdates, maxEpochs)
    return limits
  }
}

extension Duration {
  /// The duration in seconds, with fractions.
  var inSeconds: Double { self / .seconds(1) }
}

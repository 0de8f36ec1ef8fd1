import Recipes
public import Training

/// When to stop, to validate and to save: whichever limit comes first ends the training.
public struct StoppingRequest: Sendable, Equatable {
  /// Updates in all; nil is no limit.
  public var maxUpdates: Int?
  /// Passes over the text; nil is no limit.
  public var maxEpochs: Int?
  /// Time of training in all, validation included; nil is no limit.
  public var timeBudget: Duration?
  /// From one validation to the next.
  @Given public var validateEvery = TrainingInterval.updates(500)
  /// Validations without progress before stopping, 0 for no limit.
  @Given public var patience = 10
  /// Updates between two lines of `train.jsonl`.
  public var logEvery = 50
  /// Time between two checkpoints, at least.
  public var checkpointEvery = Duration.seconds(300)

  /// No limit but patience.
  public init() {}

  /// What ends the training, as far as it is known from the start.
  var limits: TrainingLimits {
    var limits = TrainingLimits()
    (limits.seconds, limits.updates, limits.epochs) = (timeBudget?.inSeconds, maxUpdates, maxEpochs)
    return limits
  }
}

extension Duration {
  /// The time in seconds, with the part of a second as a fraction.
  var inSeconds: Double { self / .seconds(1) }
}

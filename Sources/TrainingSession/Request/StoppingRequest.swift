import Formatting
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
  /// The score by ``ValidationRequest/bestBy`` at which training stops; nil: none.
  public var targetScore: Double?
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

  /// Rejects target scores that no validation can reach, or that any would.
  func validate(_ bestBy: ValidationMetric) throws(TrainingRequestError) {
    guard let targetScore else { return }
    guard validateEvery != .updates(0), validateEvery != .epochs(0) else {
      throw .conflict(
        "'--target-score' has no effect with '--validate-every 0', which validates only at the end")
    }
    let (isPossible, scale) =
      switch bestBy {
      case .bleu, .chrf: ((1...100).contains(targetScore), "from 1 to 100")
      case .perplexity: (targetScore > 1, "above 1")
      case .script: (true, "")
      }
    guard !isPossible else { return }
    throw .conflict(
      "'\(Readable.shortest(targetScore))' is not a value for '--target-score' with '--best-by \(bestBy.rawValue)': "
        + "expected a number, \(scale)")
  }

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

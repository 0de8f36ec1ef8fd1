public import Training

/// The metrics that are computed during training, and what they decide.
public struct ValidationRequest: Sendable, Equatable {
  /// Metrics to compute and log in addition to those that other settings name.
  public var metrics: [ValidationMetric] = []
  /// The metric that selects the best model; perplexity needs no decoding.
  public var bestBy = ValidationMetric.bleu
  /// The metrics that patience looks at; empty: ``bestBy``.
  public var stopBy: [ValidationMetric] = []
  /// Whether any or all metrics of ``stopBy`` must stop improving; nil: any.
  public var stopWhen: ModelSelection.StopRule?
  /// Whether to keep the best model by each metric too, in separate folders.
  public var keepsBest = false
  /// A shell command that scores the decoded validation text.
  public var script: String?
  /// Whether higher or lower scores of ``script`` are better; nil: higher.
  public var scriptOrder: ModelSelection.ScoreOrder?
  /// Time limit of ``script``; nil: 10 minutes.
  public var scriptTimeout: Duration?

  /// Whether the finished model does not learn from the validation text what its probabilities and its attention are worth;
  /// `calibrate-model` can do it later.
  public var skipsCalibration = false

  /// BLEU selects the best model.
  public init() {}

  /// The metrics to compute: those requested, and those that other settings depend on.
  var measured: Set<ValidationMetric> {
    Set([.perplexity, bestBy] + metrics + stopBy + (script == nil ? [] : [.script]))
  }

  /// What the metrics decide.
  var selection: ModelSelection {
    var result = ModelSelection()
    (result.bestBy, result.stopBy, result.keepsBest) = (bestBy, stopBy, keepsBest)
    (result.stopWhen, result.scriptOrder) = (stopWhen ?? .any, scriptOrder ?? .higher)
    return result
  }

  /// Rejects settings without effect.
  func validate(in request: TrainingRequest) throws(TrainingRequestError) {
    let asked = [("--best-by", [bestBy]), ("--stop-by", stopBy), ("--valid-metrics", metrics)]
    if let script {
      if script.allSatisfy(\.isWhitespace) { throw .conflict("'--valid-script' holds no command") }
    } else {
      for (option, metrics) in asked where metrics.contains(.script) {
        throw .conflict("'\(option) script' needs '--valid-script', the command that gives the score")
      }
      if scriptOrder != nil { throw .conflict("'--valid-script-order' needs '--valid-script'") }
      if scriptTimeout != nil { throw .conflict("'--valid-script-timeout' needs '--valid-script'") }
    }
    if stopWhen != nil, Set(stopBy).count < 2 {
      throw .conflict("'--stop-when' needs two metrics or more in '--stop-by'")
    }
    if request.stopping.patience == 0, !stopBy.isEmpty {
      throw .conflict("'--stop-by' has no effect with '--patience 0', which never stops")
    }
  }
}

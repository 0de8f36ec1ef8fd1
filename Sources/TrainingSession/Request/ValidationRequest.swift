public import Training

/// What the model is measured by in the middle of training, and what the scores decide.
public struct ValidationRequest: Sendable, Equatable {
  /// What is measured and logged beside what the other settings name.
  public var metrics: [ValidationMetric] = []
  /// What decides which model is the best; perplexity needs no decoding.
  public var bestBy = ValidationMetric.bleu
  /// What patience waits for; none: ``bestBy``.
  public var stopBy: [ValidationMetric] = []
  /// How many of several in ``stopBy`` must make no progress; nil: any.
  public var stopWhen: ModelSelection.StopRule?
  /// Whether the best model by each metric is kept too, in a folder of its own.
  public var keepsBest = false
  /// A line of shell that scores the decoded validation text.
  public var script: String?
  /// Which of its scores are better; nil: higher ones.
  public var scriptOrder: ModelSelection.ScoreOrder?
  /// After which it is stopped; nil: 10 minutes.
  public var scriptTimeout: Duration?

  /// BLEU decides.
  public init() {}

  /// What is measured: whatever is asked for, or what something depends on.
  var measured: Set<ValidationMetric> {
    Set([.perplexity, bestBy] + metrics + stopBy + (script == nil ? [] : [.script]))
  }

  /// What the scores decide.
  var selection: ModelSelection {
    var result = ModelSelection()
    (result.bestBy, result.stopBy, result.keepsBest) = (bestBy, stopBy, keepsBest)
    (result.stopWhen, result.scriptOrder) = (stopWhen ?? .any, scriptOrder ?? .higher)
    return result
  }

  /// Refuses what could have no effect.
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

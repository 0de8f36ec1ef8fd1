internal import ModelFolders
public import Training

/// A training that ended before it saved a model.
public struct NoModelSaved: Error, CustomStringConvertible {
  /// Why it ended.
  public let end: TrainingEnd
  /// Its last update.
  public let update: Int
  /// Whether it was validated, so that its models were worse than any that can be used.
  public let wasValidated: Bool
  /// When the first validation comes.
  public let validateEvery: TrainingInterval
  /// The model folder.
  public let folder: String
  /// Whether the folder holds the model of an earlier training.
  public let holdsEarlierModel: Bool

  init(_ outcome: TrainingOutcome) {
    (end, update, folder) = (outcome.end, outcome.state.update, outcome.settings.folder)
    wasValidated = outcome.state.wasValidated
    validateEvery = outcome.settings.plan.validateEvery
    holdsEarlierModel = ModelFolder(outcome.settings.folder).holdsModel
  }

  /// Why there is no model, and what to do.
  public var description: String {
    "no model was saved: \(reason)"
      + (holdsEarlierModel ? "; '\(folder)' still holds the model of an earlier training" : "")
  }

  private var reason: String {
    if wasValidated {
      return "no validation had a finite perplexity, so the training is diverging; "
        + "start again with --overwrite and a lower --learning-rate, a longer --warmup, or --clip-norm 1"
    }
    switch end {
    case .interrupted:
      return
        "the training was interrupted before its first validation, which comes \(first); continue with --resume, "
        + "or validate more often with --validate-every"
    case .timeBudget where update == 0:
      return "the time was up before the first update; give a longer --time-budget"
    default: return "the training ended before its first update; give greater limits, such as --max-updates"
    }
  }

  private var first: String {
    switch validateEvery {
    case .updates(0), .epochs(0): "at the end"
    case .updates(let count): "at update \(count)"
    case .epochs(let count): "at the end of epoch \(count)"
    }
  }
}

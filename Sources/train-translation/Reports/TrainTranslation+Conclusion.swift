import Formatting
import Models
import Reporting
import Training

extension TrainTranslation {
  /// Says why a run ended, which model came out of it, and how to go on.
  static func conclude(
    _ end: TrainingEnd, state: TrainingState, _ arguments: TrainTranslationArguments
  ) {
    let reason =
      switch end {
      case .maxUpdates: "all updates are done"
      case .maxEpochs: "all epochs are done"
      case .timeBudget: "the time is up"
      case .noProgress: "\(arguments.patience) validations in a row were no better\(stopWords(arguments))"
      case .interrupted: "interrupted"
      case .diverged: "diverged"
      }
    say(
      "\(reason) after \(Readable.count(state.update)) updates, epoch \(state.newestEpoch), "
        + Readable.duration(state.seconds))
    if let best = state.best {
      let what = state.averagedUpdates.map { "the average of \($0.count) checkpoints up to " } ?? ""
      say(
        "best model: \(what)update \(Readable.count(state.bestUpdate)), \(best.words), in '\(arguments.model)'"
      )
    }
    sayKept(state, arguments)
    if state.best == nil {
      let first =
        switch arguments.validateEvery {
        case .updates(let count): "at update \(count)"
        case .epochs(let count): "at the end of epoch \(count)"
        }
      say("this run has saved no model yet: its first validation comes \(first)")
    }
    if end == .interrupted { say("to go on, give the same command again with --resume") }
  }

  /// Which metrics were waited for, where they were named.
  private static func stopWords(_ arguments: TrainTranslationArguments) -> String {
    let names = arguments.validation.stopBy.map(\.rawValue)
    guard !names.isEmpty else { return "" }
    return " by \(names.joined(separator: arguments.validation.stopWhen == .all ? " and " : " or "))"
  }

  /// The best models by each metric, where they are kept.
  private static func sayKept(_ state: TrainingState, _ arguments: TrainTranslationArguments) {
    for metric in ValidationMetric.allCases {
      guard let kept = state.progress[metric], kept.isKept, let score = kept.best.words(metric) else {
        continue
      }
      say(
        "best by \(metric): update \(Readable.count(kept.update)), \(score), in "
          + "'\(ModelFolder.path(arguments.model, bestBy: metric))'")
    }
  }
}

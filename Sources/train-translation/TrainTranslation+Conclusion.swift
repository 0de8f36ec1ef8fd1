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
      case .noProgress: "\(arguments.patience) validations in a row were no better"
      case .interrupted: "interrupted"
      case .diverged: "diverged"
      }
    say(
      "\(reason) after \(Readable.count(state.update)) updates, epoch \(state.newestEpoch), "
        + Readable.duration(state.seconds))
    if let best = state.best {
      let bleu = best.bleu.map { " and BLEU \(Readable.decimal($0, 2))" } ?? ""
      let what = state.averagedUpdates.map { "the average of \($0.count) checkpoints up to " } ?? ""
      say(
        "best model: \(what)update \(Readable.count(state.bestUpdate)), valid perplexity "
          + "\(Readable.decimal(best.perplexity, 3))\(bleu), in '\(arguments.model)'")
    }
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
}

import Formatting
import Training
import TrainingSession

/// Why a training ended, which model came out of it, and how to resume.
struct Conclusion {
  private let outcome: TrainingOutcome

  init(_ outcome: TrainingOutcome) { self.outcome = outcome }

  /// The lines to print.
  var lines: [String] {
    [ending] + bestModel + bestByMetric + missingModel
      + (outcome.end == .interrupted ? ["to resume, give the same command again with --resume"] : [])
  }

  private var ending: String {
    let state = outcome.state
    return "\(reason) after \(Readable.count(state.update)) updates, epoch \(state.newestEpoch), "
      + Readable.duration(state.seconds)
  }

  private var reason: String {
    switch outcome.end {
    case .maxUpdates: "all updates are done"
    case .maxEpochs: "all epochs are done"
    case .timeBudget: "the time is up"
    case .noProgress:
      "\(outcome.settings.plan.patience) validations in a row were no better\(metricsWaitedFor)"
    case .interrupted: "interrupted"
    case .diverged: "diverged"
    }
  }

  /// The metrics that patience looked at, if they were named.
  private var metricsWaitedFor: String {
    let selection = outcome.settings.plan.selection
    let names = selection.stopBy.map(\.rawValue)
    guard !names.isEmpty else { return "" }
    return " by \(names.joined(separator: selection.stopWhen == .all ? " and " : " or "))"
  }

  private var bestModel: [String] {
    guard let best = outcome.best else { return [] }
    let what = best.averagedUpdates.map { "the average of \($0.count) checkpoints up to " } ?? ""
    return [
      "best model: \(what)update \(Readable.count(best.update)), \(best.scores.words), in '\(best.folder)'"
    ]
  }

  /// The best model by each metric, if these are kept.
  private var bestByMetric: [String] {
    let models = outcome.bestByMetric
    return ValidationMetric.allCases.compactMap { metric in
      guard let model = models[metric], let score = model.scores.words(metric) else { return nil }
      return "best by \(metric): update \(Readable.count(model.update)), \(score), in '\(model.folder)'"
    }
  }

  private var missingModel: [String] {
    guard outcome.best == nil else { return [] }
    let first =
      switch outcome.settings.plan.validateEvery {
      case .updates(let count): "at update \(count)"
      case .epochs(let count): "at the end of epoch \(count)"
      }
    return ["this run has saved no model yet: its first validation comes \(first)"]
  }
}

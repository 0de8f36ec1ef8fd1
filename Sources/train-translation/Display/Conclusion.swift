import Formatting
import Training
import TrainingSession

/// Why a training ended, which model came out of it, and how to resume.
struct Conclusion {
  private let outcome: TrainingOutcome

  init(_ outcome: TrainingOutcome) { self.outcome = outcome }

  /// The lines to print.
  var lines: [String] {
    [ending] + nothingLeft + missedTarget + bestModel + bestByMetric
      + (outcome.end == .interrupted
        ? ["to resume: train-translation --resume --model \(quoted(outcome.settings.folder))"] : [])
  }

  /// What to change if a training was resumed that had reached its limit before.
  private var nothingLeft: [String] {
    guard outcome.hadEndedBefore else { return [] }
    let plan = outcome.settings.plan
    let (limit, change): (String, String) =
      switch outcome.end {
      case .maxUpdates: ("--max-updates \(plan.maxUpdates ?? 0)", "a greater --max-updates")
      case .maxEpochs: ("--max-epochs \(plan.maxEpochs ?? 0)", "a greater --max-epochs")
      case .timeBudget:
        (
          "--time-budget \(Readable.duration(plan.timeBudget ?? 0))",
          "a longer --time-budget, which counts from the start"
        )
      case .targetScore:
        ("--target-score \(target)", "a better --target-score, or none")
      case .noProgress:
        ("--patience \(plan.patience)", "a greater --patience, or 0 to never stop for lack of progress")
      case .interrupted, .diverged: ("", "")
      }
    return [
      "nothing was left to do: this training had already reached \(limit); to continue it, give \(change)"
    ]
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
    case .targetScore: "the target score, \(target) by \(outcome.settings.plan.selection.bestBy), is reached"
    case .noProgress:
      "\(outcome.settings.plan.patience) validations in a row were no better\(metricsWaitedFor)"
    case .interrupted: "interrupted"
    case .diverged: "diverged"
    }
  }

  private var target: String { outcome.settings.plan.selection.target.map(Readable.shortest) ?? "" }

  /// Says that a target score was not reached.
  private var missedTarget: [String] {
    let selection = outcome.settings.plan.selection
    guard selection.target != nil, outcome.end != .targetScore, outcome.end != .interrupted,
      let score = outcome.best?.scores.words(selection.bestBy)
    else { return [] }
    return ["the target score, \(target) by \(selection.bestBy), was not reached: \(score)"]
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
    guard best.update > 0 || outcome.end == .targetScore else {
      return [
        "no validation was better than the starting model (update 0, \(best.scores.words)), which is saved in "
          + "'\(best.folder)'; a lower --learning-rate may help"
      ]
    }
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
}

/// A word of a shell command.
private func quoted(_ word: String) -> String {
  let plain = word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./+:,=@".contains($0)) }
  return plain && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
}

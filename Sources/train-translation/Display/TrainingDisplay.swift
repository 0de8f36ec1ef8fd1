import Formatting
import Reporting
import Training
import TrainingSession

/// Shows a training run on the terminal: a progress bar, and a line for each validation.
final class TrainingDisplay {
  private let plan: TrainingPlan
  private let console = Console.standardError
  private let bar: ProgressBar
  private var newest = ""

  /// - Parameters:
  ///   - settings: with the limits of the training.
  ///   - updatesBefore: updates done before the run was resumed.
  init(_ settings: TrainingSettings, updatesBefore: Int) {
    plan = settings.plan
    bar = ProgressBar("update", total: plan.maxUpdates, doneBefore: updatesBefore)
  }

  func show(_ event: TrainingEvent) {
    switch event {
    case .updated(_, let state, let elapsed):
      bar.update(state.update, of: expectedUpdates(state, elapsed: elapsed), newest)
    case .logged(let entry):
      newest = words(entry)
    case .validating(let state):
      bar.update(state.update, of: nil, newest + ", validating")
    case .validated(let scores, let state, let isBest):
      console.message(
        "\(name(ofUpdate: state)), epoch \(state.newestEpoch), \(Readable.duration(state.seconds)): "
          + scores.words + (isBest ? ", the best so far" : "") + alsoBest(scores, state, isBest: isBest))
    case .averaging(let files):
      let updates = files.map { Readable.count($0.update) }.joined(separator: ", ")
      console.message(
        files.count > 1
          ? "the average of the checkpoints of updates \(updates):"
          : "no average of checkpoints: fewer than two were kept")
    case .warmupShortened(let change, _):
      console.message(
        "warning: \(change.words) (for a better model, give a longer --time-budget; or a smaller --warmup)")
    case .skipped(let batch, let state):
      console.message(
        "update \(state.update + 1): the gradient is NaN or infinite; skipped batch \(batch.number) of epoch "
          + "\(batch.epoch), of the pairs \(batch.pairs.map { Readable.count($0) }.joined(separator: ", ")), …"
      )
    case .rolledBack(let reason, let from, let factor, let state):
      console.message(
        "update \(Readable.count(from)): \(reason.words); rolled back to the checkpoint of update "
          + "\(Readable.count(state.update)) with \(factor) of the learning rate")
    case .saved(let path, let state):
      console.message(
        "update \(Readable.count(state.update)): checkpoint written on request (SIGUSR1), '\(path)'")
    case .saveFailed(let reason):
      console.message("saving failed, training continues: \(reason)")
    }
  }

  func finish() { bar.finish() }

  private func name(ofUpdate state: TrainingState) -> String {
    state.update == 0 ? "update 0 (the starting model)" : "update \(Readable.count(state.update))"
  }

  /// The other metrics by which the newest model is the best and kept.
  private func alsoBest(_ scores: ValidationScores, _ state: TrainingState, isBest: Bool) -> String {
    guard plan.selection.keepsBest else { return "" }
    let metrics = ValidationMetric.allCases.filter {
      $0 != plan.selection.bestBy && state.progress[$0]?.scores == scores
    }
    guard !metrics.isEmpty else { return "" }
    return ", the best \(isBest ? "also " : "")by \(metrics.map(\.rawValue).joined(separator: " and "))"
  }

  private func words(_ entry: TrainingLogEntry) -> String {
    [
      "epoch \(entry.epoch)", entry.loss.map { "loss \(Readable.decimal($0, 3))" },
      entry.perplexity.map { "ppl \(Readable.decimal($0, 2))" },
      entry.alignmentLoss.map { "alignment \(Readable.decimal($0, 3))" },
      entry.targetTokensPerSecond.map { Readable.rate($0, "tokens") },
    ].compactMap(\.self).joined(separator: ", ")
  }

  /// The updates that the nearest limit allows at the present pace.
  private func expectedUpdates(_ state: TrainingState, elapsed: Double) -> Int? {
    let limits = [
      plan.maxUpdates,
      plan.timeBudget.map { whole(Double(state.update) * max(1, $0 / max(elapsed, 1e-3))) },
      plan.maxEpochs.flatMap { limit in
        let updatesOfThisOne = (state.batchesDone + plan.batchesPerUpdate - 1) / plan.batchesPerUpdate
        let updatesOfWholeEpochs = Double(max(0, state.update - updatesOfThisOne))
        return state.epoch > 1 ? whole(updatesOfWholeEpochs * Double(limit) / Double(state.epoch - 1)) : nil
      },
    ]
    return limits.compactMap(\.self).min()
  }

  /// A count that fits in an integer, whatever limit the user gave.
  private func whole(_ number: Double) -> Int { Int(min(number, 1e15)) }
}

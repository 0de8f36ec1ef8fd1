internal import Corpora
internal import Models

/// Batches that make no number, and a loss that explodes.
extension TrainingRun {
  /// A batch whose gradient is no number is left out; too many in a row bring a checkpoint back.
  mutating func skip(_ batches: [Batch]) throws -> TrainingEnd? {
    state.watch.skippedInARow += 1
    let skipped = SkippedBatch(
      epoch: state.epoch, number: state.batchesDone - batches.count + 1,
      pairs: batches.flatMap(\.pairs).prefix(3).map { $0 + 1 })
    log.append(
      TrainingLogEntry(
        update: state.update, epoch: state.epoch, seconds: elapsed, event: .skipped,
        batch: skipped.number, pairs: skipped.pairs))
    observe(.skipped(skipped, state: state))
    guard state.watch.skippedInARow >= plan.skipLimit else { return reachedLimit() }
    return try rollBack(.skipped(state.watch.skippedInARow))
  }

  /// Goes on from the last good checkpoint with half the learning rate, unless that was tried too often.
  mutating func rollBack(_ reason: Divergence) throws -> TrainingEnd? {
    guard state.watch.rollbacks < plan.maxRollbacks, let point = try? checkpoints.newestCalm() else {
      log.append(
        TrainingLogEntry(
          update: state.update, epoch: state.epoch, seconds: elapsed, event: .diverged, reason: reason.words))
      return .diverged(reason)
    }
    let before = state
    let resumed = try trainer.resume(path: point.path, fingerprint: plan.fingerprint)
    state = resumed
    // What was interrupted then was made up for when the run went on.
    state.interruptedValidation = nil
    state.watch.skippedInARow = 0
    state.watch.rollbacks = before.watch.rollbacks + 1
    // The best models stay in their folders, even if they are younger than the checkpoint.
    (state.best, state.bestUpdate, state.averagedUpdates) = (
      before.best, before.bestUpdate, before.averagedUpdates
    )
    for (metric, progress) in before.progress {
      let counted = resumed.progress[metric]?.validationsWithoutProgress ?? 0
      state.progress[metric] = progress
      state.progress[metric]?.validationsWithoutProgress = counted
    }
    kept.remove(after: state.update)
    _ = meter.take()
    log.append(
      TrainingLogEntry(
        update: state.update, epoch: state.newestEpoch, seconds: elapsed, event: .rolledBack,
        reason: reason.words, from: before.update, learningRateFactor: state.watch.rateFactor))
    observe(
      .rolledBack(
        reason, from: before.update, learningRateFactor: state.watch.rateFactor, state: state))
    // Or a run that is killed now would go the same way once more. What it replaces has the same weights.
    saveOrReport(replacingLast: true)
    return reachedLimit()
  }
}

/// A batch that was left out.
public struct SkippedBatch: Sendable, Equatable {
  /// The epoch, from 1.
  public let epoch: Int
  /// Which of the epoch's batches it is, from 1; of an update of several, the first.
  public let number: Int
  /// The first of its pairs, counted from 1 over the pairs that were kept: where none was dropped, their lines.
  public let pairs: [Int]
}

/// What shows that a training has come off its way.
public enum Divergence: Sendable, Equatable {
  /// So many batches in a row had a gradient that is no number.
  case skipped(Int)
  /// The running mean of the loss was far above its best for long.
  case loss(mean: Double, best: Double)

  /// In words.
  public var words: String {
    switch self {
    case .skipped(let count): "the gradient was no number \(count) times in a row"
    case .loss(let mean, let best):
      "the mean loss has risen from \(twoDecimals(best)) to \(twoDecimals(mean)) and stayed there"
    }
  }
}

private func twoDecimals(_ number: Double) -> String { "\((number * 100).rounded() / 100)" }

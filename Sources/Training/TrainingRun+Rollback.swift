internal import Corpora
internal import Models

/// Gradients that are NaN or infinite, and a loss that explodes.
extension TrainingRun {
  /// Skips an update whose gradient is NaN or infinite; too many in a row roll the run back.
  func skip(_ batches: [Batch]) throws -> TrainingEnd? {
    state.watch.skippedInARow += 1
    let skipped = SkippedBatch(
      epoch: state.epoch, number: state.batchesDone - batches.count + 1,
      pairs: batches.flatMap(\.pairs).prefix(3).map { $0 + 1 })
    log?.append(
      TrainingLogEntry(
        update: state.update, epoch: state.epoch, seconds: clock.elapsed, event: .skipped,
        batch: skipped.number, pairs: skipped.pairs))
    tell(.skipped(skipped, state: state))
    guard state.watch.skippedInARow >= plan.skipLimit else { return reachedLimit() }
    return try rollBack(.skipped(state.watch.skippedInARow))
  }

  /// Resumes from the last good checkpoint with half the learning rate, unless that was tried too often.
  func rollBack(_ reason: Divergence) throws -> TrainingEnd? {
    guard state.watch.rollbacks < plan.maxRollbacks, let point = newestCalmCheckpoint() else {
      log?.append(
        TrainingLogEntry(
          update: state.update, epoch: state.epoch, seconds: clock.elapsed, event: .diverged,
          reason: reason.words))
      return .diverged(reason)
    }
    let before = state
    state = try reducer.together { try trainer.resume(path: point.path, fingerprint: plan.fingerprint) }
    continueAfterRollback(from: before)
    if reducer.isFirst { kept.remove(after: state.update) }
    _ = meter.take()
    log?.append(
      TrainingLogEntry(
        update: state.update, epoch: state.newestEpoch, seconds: clock.elapsed, event: .rolledBack,
        reason: reason.words, from: before.update, learningRateFactor: state.watch.rateFactor))
    tell(
      .rolledBack(
        reason, from: before.update, learningRateFactor: state.watch.rateFactor, state: state))
    // Or a run that is killed now would diverge in the same way again. What it replaces has the same weights.
    trySavingCheckpoint(replacingLast: true)
    return reachedLimit()
  }

  /// The checkpoint to resume from; nil: there is none that every process can read.
  private func newestCalmCheckpoint() -> ResumePoint? {
    let point = try? checkpoints.newestCalm()
    return reducer.isAny(point == nil) ? nil : point
  }

  /// Carries over into the state of a checkpoint what the run has learned since.
  private func continueAfterRollback(from before: TrainingState) {
    // A validation that was interrupted then was repeated when the run was resumed.
    state.interruptedValidation = nil
    state.watch.skippedInARow = 0
    state.watch.rollbacks = before.watch.rollbacks + 1
    // The best models stay in their folders, even if they are younger than the checkpoint.
    let resumed = state
    (state.best, state.progress) = (before.best, before.progress)
    state.countValidations(as: resumed)
  }
}

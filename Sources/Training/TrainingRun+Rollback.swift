internal import Corpora
internal import Models

/// Handling of NaN or infinite gradients, and of an exploding loss.
extension TrainingRun {
  /// Skips an update whose gradient is NaN or infinite; after too many in a row, the run rolls back.
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

  /// Rolls back to the last good checkpoint with half the learning rate, unless that was tried too often.
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
    _ = meter.take(at: clock.elapsed)
    log?.append(
      TrainingLogEntry(
        update: state.update, epoch: state.newestEpoch, seconds: clock.elapsed, event: .rolledBack,
        reason: reason.words, from: before.update, learningRateFactor: state.watch.rateFactor))
    tell(
      .rolledBack(
        reason, from: before.update, learningRateFactor: state.watch.rateFactor, state: state))
    // Otherwise a run that is killed now would diverge the same way again. The replaced checkpoint has equal weights.
    trySavingCheckpoint(replacingLast: true)
    return reachedLimit()
  }

  /// The checkpoint to roll back to; nil if there is none that is the newest for every process.
  private func newestCalmCheckpoint() -> ResumePoint? {
    let point = try? checkpoints.newestCalm()
    return reducer.isSame(point?.path ?? "") ? point : nil
  }

  /// Updates the state read from a checkpoint with what must survive a rollback.
  private func continueAfterRollback(from before: TrainingState) {
    // A validation that was interrupted then has been repeated since.
    state.interruptedValidation = nil
    state.watch.skippedInARow = 0
    state.watch.rollbacks = before.watch.rollbacks + 1
    // The best models stay in their folders, even if they are newer than the checkpoint.
    let resumed = state
    (state.best, state.progress) = (before.best, before.progress)
    state.schedule.warmup = before.schedule.warmup ?? state.schedule.warmup
    state.countValidations(as: resumed)
  }
}

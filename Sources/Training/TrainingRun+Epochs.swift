internal import Autodiff
internal import Corpora
import Models
internal import Tokens

/// Epochs and their updates.
extension TrainingRun {
  /// Trains epoch by epoch; first repeats the validation that was interrupted when the run last ended, if any.
  func runEpochs() throws -> TrainingEnd {
    if state.interruptedValidation != nil || isStartDue { try validate() }
    // Also if a run is resumed that ended for this reason.
    if let end = endByScores { return end }
    while true {
      if let end = reachedLimit() { return end }
      if let limit = plan.maxEpochs, state.epoch > limit { return .maxEpochs }
      if let end = try runEpoch() { return end }
    }
  }

  /// Whether the weights that the run starts from are to be validated.
  private var isStartDue: Bool { plan.validatesStart && state.update == 0 && state.best.scores == nil }

  private func runEpoch() throws -> TrainingEnd? {
    var batches = try trainer.measure(.makingBatches) {
      try reducer.together { try delegate.batches(epoch: state.epoch) }
    }
    let special = (text: batches.specialTokens, model: trainer.model.configuration.specialTokens)
    precondition(
      special.text.suit(model: special.model),
      "TrainingRun: a corpus with \(special.text), a model with \(special.model)")
    let rollbacks = state.watch.rollbacks
    var end: TrainingEnd?
    while end == nil, try prepare(&batches, state.batchesDone) {
      end = try train(on: try nextBatches(&batches))
      // A rollback may return to the middle of an earlier epoch.
      if state.watch.rollbacks != rollbacks { return end }
      if reducer.isAny(delegate.shouldSaveCheckpoint()) { saveRequestedCheckpoint() }
    }
    precondition(end != nil || state.batchesDone > 0, "TrainingRun: epoch \(state.epoch) has no batches")
    // If interrupted at the end of an epoch, the resumed run finishes that epoch.
    if end?.isComplete ?? true, try !prepare(&batches, state.batchesDone) { end = try finishEpoch() ?? end }
    return end
  }

  /// Gets a batch of the epoch ready; in all processes alike, since it may read files.
  ///
  /// - Returns: false if the epoch has no such batch.
  private func prepare(_ batches: inout any EpochBatches, _ index: Int) throws -> Bool {
    if batches.ready.contains(index) { return true }
    return try trainer.measure(.makingBatches) { try reducer.together { try batches.prepare(index) } }
  }

  /// The batches of the next update; at the end of the epoch there may be fewer.
  private func nextBatches(_ batches: inout any EpochBatches) throws -> [Batch] {
    var next: [Batch] = []
    while next.count < plan.batchesPerUpdate, try prepare(&batches, state.batchesDone + next.count) {
      next.append(trainer.measure(.makingBatches) { batches.makeBatch(state.batchesDone + next.count) })
    }
    return next
  }

  /// Makes one update from these batches, then whatever is due after it.
  private func train(on batches: [Batch]) throws -> TrainingEnd? {
    let report = trainer.update(batches, rate: nextRate())
    state.batchesDone += batches.count
    state.seconds = clock.elapsed
    guard !report.wasSkipped else { return try skip(batches) }
    note(report)
    if state.watch.isExploded, let (mean, best) = state.watch.meanAndBest {
      return try rollBack(.loss(mean: mean, best: best))
    }
    if plan.keepEvery.isDue(update: state.update) { keepWeights() }
    if plan.validateEvery.isDue(update: state.update) {
      try validate()
      if let end = endByScores { return end }
    }
    // While the loss is far too high, keep the earlier checkpoint: the loss will recover, or the run rolls back.
    if isCheckpointDue, state.watch.isCalm { trySavingCheckpoint() }
    return reachedLimit()
  }

  private func note(_ report: UpdateReport) {
    state.update = trainer.updates
    state.watch.note(report.loss.lossPerToken)
    state.targetTokens += report.loss.tokens
    meter.add(report.loss)
    trainer.measure(.other) {
      tell(.updated(report, state: state, elapsed: clock.elapsed))
      if state.update.isMultiple(of: plan.logEvery) { writeLog(report) }
    }
  }

  private func finishEpoch() throws -> TrainingEnd? {
    let epoch = state.epoch
    (state.epoch, state.batchesDone) = (epoch + 1, 0)
    if plan.keepEvery.isDue(epoch: epoch) { keepWeights() }
    guard plan.validateEvery.isDue(epoch: epoch), state.update > state.validatedAt else { return nil }
    try validate()
    return endByScores
  }

  /// The learning rate of the next update.
  private func nextRate() -> Double {
    let (schedule, update) = (trainer.options.schedule, trainer.updates + 1)
    if let budget = plan.timeBudget { followBudget(commonTime / max(budget, 1e-9), before: update, schedule) }
    return schedule.rate(update: update, progress: state.schedule) * state.watch.rateFactor
  }

  /// Why the scores of the validations so far end the run; nil if they do not.
  private var endByScores: TrainingEnd? {
    if plan.selection.reachesTarget(state.best.scores) { return .targetScore }
    return plan.selection.hasNoProgress(state, patience: plan.patience) ? .noProgress : nil
  }
}

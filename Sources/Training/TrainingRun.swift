internal import Autodiff
internal import Files
internal import ModelFolders
internal import Models

/// A training run from its first update to its last: epochs, validations, checkpoints, the log.
public final class TrainingRun {
  /// The trainer with its weights.
  public let trainer: Trainer
  /// The current state of the run.
  public internal(set) var state = TrainingState()

  let plan: TrainingPlan
  let validator: any Validator
  let delegate: any TrainingDelegate
  /// The log; nil in all processes but the first.
  private(set) var log: TrainingLog?
  let kept: KeptWeights
  let checkpoints: CheckpointFiles
  var clock = RunClock()
  var meter = LossMeter(at: 0)
  var lastCheckpoint = ContinuousClock().now
  /// Whether the newest checkpoint is damaged; if so, the next one replaces it.
  var isLastBad = false
  /// Why the newest best model could not be saved; nil if it was saved.
  var unsaved: (any Error)?
  /// The same for the best models by each metric, if those are kept.
  var unkept: [ValidationMetric: any Error] = [:]

  /// A run that has not started.
  ///
  /// - Parameters:
  ///   - trainer: a trainer with the weights to start from.
  ///   - plan: limits and intervals.
  ///   - resuming: the checkpoint to resume from, see ``CheckpointFiles/newest()``; nil for a new run.
  ///   - validator: scores the model.
  ///   - delegate: provides batches, saves models, and receives events.
  /// - Throws: an error if the run cannot be resumed or its log cannot be written; ``TrainingProcessError`` if another
  ///   process of the same run fails or has different settings.
  public init(
    trainer: Trainer, plan: TrainingPlan, resuming: ResumePoint? = nil, validator: any Validator,
    delegate: any TrainingDelegate
  ) throws {
    (self.trainer, self.plan, self.validator, self.delegate) = (trainer, plan, validator, delegate)
    checkpoints = CheckpointFiles(modelFolder: plan.folder)
    kept = KeptWeights(modelFolder: plan.folder)
    try reducer.together { try restore(resuming) }
    let start = "\(plan.fingerprint), update \(state.update)"
    guard reducer.isSame(start) else {
      throw TrainingProcessError.differentRuns(rank: reducer.rank, found: start)
    }
    // Only now, or a run that is refused would lose the checkpoints of an earlier one.
    try reducer.inFirst { try prepareFolder(isResuming: resuming != nil) }
  }

  /// Restores the state from a checkpoint, or initializes that of a new run.
  private func restore(_ resuming: ResumePoint?) throws {
    if let resuming {
      state = try trainer.resume(path: resuming.path, fingerprint: plan.fingerprint)
      clock.before = state.seconds
      meter = LossMeter(at: clock.elapsed)
      isLastBad = resuming.damage != nil
      // Models that were the best before keeping was turned on have not been saved.
      if plan.selection.keepsBest { state.progress = state.progress.filter(\.value.isKept) }
    } else {
      (state.fingerprint, state.shards) = (plan.fingerprint, trainer.options.shards)
      state.activationLimit = trainer.activationLimit
    }
    state.float32Products = trainer.options.productsInUse
  }

  /// Removes files that the run must not find, and opens the log.
  private func prepareFolder(isResuming: Bool) throws {
    try createFolder(ModelFolder(plan.folder).checkpoints)
    // A checkpoint of an earlier run could be mistaken for one of this run.
    if isResuming { checkpoints.removeUnfinished() } else { checkpoints.removeAll() }
    kept.remove(after: state.update)
    log = try TrainingLog(
      path: ModelFolder(plan.folder).log, keepingUpTo: isResuming ? state.update : nil)
  }

  /// Trains until a limit is reached or the delegate asks to stop.
  ///
  /// Unless the run diverged, a checkpoint to resume from is saved at the end. The best model is in its folder once
  /// there was a validation.
  ///
  /// - Returns: why the run ended.
  /// - Throws: errors from validation or from making batches, after the checkpoint is saved; an error if the best model
  ///   or the checkpoint could not be saved at the end.
  public func run() throws -> TrainingEnd {
    // Reveals a full disk early, and gives the run something to roll back to.
    let hasNone = !fileExists(checkpoints.last) && !fileExists(checkpoints.previous)
    if reducer.first(hasNone ? 1 : 0) == 1 { trySavingCheckpoint() }
    do {
      var end = try runEpochs()
      // Weights that diverged must not replace good ones.
      if end.isDiverged { return end }
      if end.isComplete, try !validateAtEnd() { end = .interrupted }
      logEnd(end)
      try reducer.together { try saveCheckpoint() }
      if let error = unsaved ?? ValidationMetric.allCases.lazy.compactMap({ self.unkept[$0] }).first {
        throw error
      }
      return end
    } catch {
      try? saveCheckpoint()
      throw error
    }
  }

  /// Logs why the run ended; if it diverged, the log says so already.
  private func logEnd(_ end: TrainingEnd) {
    log?.append(
      TrainingLogEntry(
        update: state.update, epoch: state.newestEpoch, seconds: clock.elapsed, event: .ended,
        reason: end.name))
  }

  var reducer: any GradientReducer { trainer.reducer }

  /// Why the run is over, the same in every process; nil if it is not.
  func reachedLimit() -> TrainingEnd? {
    if reducer.isAny(delegate.shouldStop()) { return .interrupted }
    if let limit = plan.maxUpdates, state.update >= limit { return .maxUpdates }
    if let limit = plan.timeBudget, commonTime >= limit { return .timeBudget }
    return nil
  }

  /// Seconds since the start of the run, by the clock of the first process.
  var commonTime: Double { reducer.first(clock.elapsed) }

  /// Reports an event to the delegate of the first process.
  func tell(_ event: TrainingEvent) {
    if reducer.isFirst { delegate.observe(event) }
  }
}

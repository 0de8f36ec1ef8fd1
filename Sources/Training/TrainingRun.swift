internal import Autodiff
internal import Files
internal import ModelFolders
internal import Models

/// A training from its first update to its last: epochs, validations, checkpoints, the log.
public final class TrainingRun {
  /// The trainer with its weights.
  public let trainer: Trainer
  /// Where the run stands.
  public internal(set) var state = TrainingState()

  let plan: TrainingPlan
  let validator: any Validator
  let delegate: any TrainingDelegate
  /// Of the first process.
  private(set) var log: TrainingLog?
  let kept: KeptWeights
  let checkpoints: CheckpointFiles
  var clock = RunClock()
  var meter = LossMeter()
  var lastCheckpoint = ContinuousClock().now
  /// Whether the newest checkpoint is damaged and must not become the one before.
  var isLastBad = false
  /// Why the newest model that was the best could not be saved.
  var unsaved: (any Error)?
  /// The same of models that were the best by a metric, where those are kept.
  var unkept: [ValidationMetric: any Error] = [:]

  /// A run that has not begun.
  ///
  /// - Parameters:
  ///   - trainer: with the weights to start from.
  ///   - plan: limits and intervals.
  ///   - resuming: the checkpoint to resume from, see ``CheckpointFiles/newest()``; nil: a new run.
  ///   - validator: scores the model every so often.
  ///   - delegate: gives batches, saves models, hears what happens.
  /// - Throws: what keeps the run from resuming or from writing its log; ``TrainingProcessError`` if other processes
  ///   are to train together with this one and fail or have another run.
  public init(
    trainer: Trainer, plan: TrainingPlan, resuming: ResumePoint? = nil, validator: any Validator,
    delegate: any TrainingDelegate
  ) throws {
    (self.trainer, self.plan, self.validator, self.delegate) = (trainer, plan, validator, delegate)
    checkpoints = CheckpointFiles(modelFolder: plan.folder)
    kept = KeptWeights(modelFolder: plan.folder)
    try reducer.together { try prepare(resuming) }
    guard reducer.isSame("\(plan.fingerprint), update \(state.update)") else {
      throw TrainingProcessError.differentRuns(
        rank: reducer.rank, found: "\(plan.fingerprint), update \(state.update)")
    }
  }

  /// Resumes, or starts anew; opens the log.
  private func prepare(_ resuming: ResumePoint?) throws {
    if let resuming {
      state = try trainer.resume(path: resuming.path, fingerprint: plan.fingerprint)
      clock.before = state.seconds
      isLastBad = resuming.damage != nil
      // The models of bests from before keeping was turned on are gone.
      if plan.selection.keepsBest { state.progress = state.progress.filter(\.value.isKept) }
    } else {
      (state.fingerprint, state.shards) = (plan.fingerprint, trainer.options.shards)
      state.activationLimit = trainer.activationLimit
    }
    guard reducer.isFirst else { return }
    try createFolder(ModelFolder(plan.folder).checkpoints)
    // What an earlier run left could be taken for a checkpoint of this one.
    if resuming == nil { checkpoints.removeAll() } else { checkpoints.removeUnfinished() }
    kept.remove(after: state.update)
    log = try TrainingLog(
      path: ModelFolder(plan.folder).log, keepingUpTo: resuming == nil ? nil : state.update)
  }

  /// Trains until a limit is reached or the delegate asks to stop.
  ///
  /// However it ends, a checkpoint to resume from is saved; the best model is in its folder once there was a
  /// validation.
  ///
  /// - Returns: why it ended.
  /// - Throws: what validation or the making of batches throws, after the checkpoint is saved; and why the
  ///   best model or the checkpoint could not be saved at the end.
  public func run() throws -> TrainingEnd {
    // Shows early that the disk is too small, and is there to roll back to.
    if !fileExists(checkpoints.last), !fileExists(checkpoints.previous) { trySavingCheckpoint() }
    do {
      var end = try runEpochs()
      // Weights that diverged must not take the place of good ones.
      if end.isDiverged { return end }
      if end.isComplete, try !validateAtEnd() { end = .interrupted }
      try reducer.inFirst { try saveCheckpoint() }
      if let error = unsaved ?? unkept.values.first { throw error }
      return end
    } catch {
      try? saveCheckpoint()
      throw error
    }
  }

  var reducer: any GradientReducer { trainer.reducer }

  /// Why the run is over, the same in every process; nil: it is not.
  func reachedLimit() -> TrainingEnd? {
    if reducer.isAny(delegate.shouldStop()) { return .interrupted }
    if let limit = plan.maxUpdates, state.update >= limit { return .maxUpdates }
    if let limit = plan.timeBudget, commonTime >= limit { return .timeBudget }
    return nil
  }

  /// Seconds since the start of the run, by the clock of the first process.
  var commonTime: Double { reducer.first(clock.elapsed) }

  /// Tells the delegate of the first process.
  func tell(_ event: TrainingEvent) {
    if reducer.isFirst { delegate.observe(event) }
  }
}

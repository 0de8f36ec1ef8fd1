internal import Autodiff
public import Corpora
internal import Files
internal import ModelFolders
public import Models

/// A training from its first update to its last: epochs, validations, checkpoints, the log.
public struct TrainingRun {
  /// The trainer with its weights.
  public internal(set) var trainer: Trainer
  let plan: TrainingPlan
  let validator: any Validator
  let log: TrainingLog
  let kept: KeptWeights
  let checkpoints: CheckpointFiles
  /// Whether the newest checkpoint is one that nobody should go on from.
  var isLastBad = false
  /// Not the wall clock, which somebody may set.
  let clock = ContinuousClock()
  private let started = ContinuousClock().now
  private var secondsBefore = 0.0
  var meter = LossMeter()
  var lastCheckpoint = ContinuousClock().now
  /// Why the newest model that was the best could not be saved.
  var unsaved: (any Error)?
  /// The same of models that were the best by a metric, where those are kept.
  var unkept: [ValidationMetric: any Error] = [:]
  private let batcher: (_ epoch: Int) throws -> Batcher
  let saveModel: (TrainedTransformer, TrainingState) throws -> Void
  let saveBest: (TrainedTransformer, TrainingState, ValidationMetric) throws -> Void
  private let shouldStop: () -> Bool
  private let shouldSave: () -> Bool
  let observe: (TrainingEvent) -> Void

  /// Where the run stands.
  public internal(set) var state = TrainingState()

  /// A run that has not begun.
  ///
  /// - Parameters:
  ///   - trainer: with the weights to start from.
  ///   - plan: limits and intervals.
  ///   - resuming: where to go on, as ``CheckpointFiles/newest()`` says; nil: a run of its own.
  ///   - validator: scores the model every so often.
  ///   - batcher: the batches of an epoch, counted from 1; asked once an epoch.
  ///   - saveModel: writes the best model so far where translation finds it.
  ///   - saveBest: writes the best model so far by a metric, where ``ModelSelection/keepsBest`` asks for it; its
  ///     scores are the state's best.
  ///   - shouldStop: asked after every update.
  ///   - shouldSave: asked after every update: writes a checkpoint and goes on.
  ///   - observe: told what happens.
  /// - Throws: what keeps the run from resuming or from writing its log.
  public init(
    trainer: Trainer, plan: TrainingPlan, resuming: ResumePoint? = nil, validator: any Validator,
    batcher: @escaping (_ epoch: Int) throws -> Batcher,
    saveModel: @escaping (TrainedTransformer, TrainingState) throws -> Void,
    saveBest: @escaping (TrainedTransformer, TrainingState, ValidationMetric) throws -> Void = { _, _, _ in },
    shouldStop: @escaping () -> Bool, shouldSave: @escaping () -> Bool = { false },
    observe: @escaping (TrainingEvent) -> Void
  ) throws {
    (self.trainer, self.plan, self.validator) = (trainer, plan, validator)
    (self.batcher, self.saveModel, self.saveBest) = (batcher, saveModel, saveBest)
    (self.shouldStop, self.shouldSave, self.observe) = (shouldStop, shouldSave, observe)
    checkpoints = CheckpointFiles(modelFolder: plan.folder)
    kept = KeptWeights(modelFolder: plan.folder)
    (state.fingerprint, state.shards) = (plan.fingerprint, trainer.options.shards)
    state.activationLimit = trainer.activationLimit
    try createFolder(ModelFolder(plan.folder).checkpoints)
    if let resuming {
      state = try self.trainer.resume(path: resuming.path, fingerprint: plan.fingerprint)
      secondsBefore = state.seconds
      isLastBad = resuming.damage != nil
      // Models that were better before somebody asked for them are gone.
      if plan.selection.keepsBest { state.progress = state.progress.filter(\.value.isKept) }
      checkpoints.removeUnfinished()
    } else {
      // Or an early end of this run would be resumed from the run before it.
      checkpoints.removeAll()
    }
    kept.remove(after: state.update)
    log = try TrainingLog(
      path: ModelFolder(plan.folder).log, keepingUpTo: resuming == nil ? nil : state.update)
  }

  /// Trains until a limit is reached or somebody asks to stop.
  ///
  /// However it ends, the state is saved to go on from; the best model is in its folder, once there was a
  /// validation.
  ///
  /// - Returns: why it ended.
  /// - Throws: what validation or the making of batches throws, after the checkpoint is saved; and why the
  ///   best model or the checkpoint could not be saved at the end.
  public mutating func run() throws -> TrainingEnd {
    // Shows a disk that is too small, and is there to come back to.
    if !fileExists(checkpoints.last), !fileExists(checkpoints.previous) { saveOrReport() }
    do {
      var end = try runEpochs()
      // What diverged must not take the place of what is good.
      if end.isDiverged { return end }
      if end.isComplete, try !lookBack() { end = .interrupted }
      try saveCheckpoint()
      if let error = unsaved ?? unkept.values.first { throw error }
      return end
    } catch {
      try? saveCheckpoint()
      throw error
    }
  }

  private mutating func runEpochs() throws -> TrainingEnd {
    if state.interruptedValidation != nil {
      try validate()
      if hasNoProgress { return .noProgress }
    }
    while true {
      if let end = reachedLimit() { return end }
      if let limit = plan.maxEpochs, state.epoch > limit { return .maxEpochs }
      if let end = try runEpoch() { return end }
    }
  }

  private mutating func runEpoch() throws -> TrainingEnd? {
    trainer.laps?.start()
    let batches = try batcher(state.epoch)
    let special = (text: batches.corpus.specialTokens, model: trainer.model.configuration.specialTokens)
    precondition(
      special.text == special.model,
      "TrainingRun: a corpus with \(special.text), a model with \(special.model)")
    let plans = batches.batches(epoch: state.epoch)
    precondition(!plans.isEmpty, "TrainingRun: epoch \(state.epoch) has no batches")
    trainer.laps?.lap(.makingBatches)
    let rollbacks = state.watch.rollbacks
    var end: TrainingEnd?
    while end == nil, state.batchesDone < plans.count {
      trainer.laps?.start()
      let next = plans[state.batchesDone...].prefix(plan.batchesPerUpdate).map(batches.makeBatch)
      trainer.laps?.lap(.makingBatches)
      end = try update(next)
      // What came back may be in the middle of an earlier epoch.
      if state.watch.rollbacks != rollbacks { return end }
      if shouldSave() { saveAsAsked() }
    }
    // What is interrupted at the end of an epoch ends it when it goes on.
    if state.batchesDone >= plans.count, end?.isComplete ?? true { end = try finishEpoch() ?? end }
    return end
  }

  private mutating func update(_ batches: [Batch]) throws -> TrainingEnd? {
    let report = trainer.step(batches, rate: nextRate())
    state.batchesDone += batches.count
    state.seconds = elapsed
    guard !report.wasSkipped else { return try skip(batches) }
    state.update = trainer.update
    state.watch.note(report.loss.lossPerToken)
    state.targetTokens += report.loss.tokens
    meter.add(report.loss)
    observe(.updated(report, state: state, elapsed: elapsed))
    if state.update.isMultiple(of: plan.logEvery) { writeLog(report) }
    trainer.laps?.lap(.other)
    if state.watch.isExploded, let (mean, best) = state.watch.meanAndBest {
      return try rollBack(.loss(mean: mean, best: best))
    }
    if plan.keepEvery.isDue(update: state.update) { keepWeights() }
    if plan.validateEvery.isDue(update: state.update) {
      try validate()
      if hasNoProgress { return .noProgress }
    }
    // While the loss is far too high the checkpoint of better times is worth more; either comes soon.
    if clock.now - lastCheckpoint >= .seconds(plan.checkpointEvery), state.watch.isCalm { saveOrReport() }
    return reachedLimit()
  }

  private mutating func finishEpoch() throws -> TrainingEnd? {
    let epoch = state.epoch
    (state.epoch, state.batchesDone) = (epoch + 1, 0)
    if plan.keepEvery.isDue(epoch: epoch) { keepWeights() }
    guard plan.validateEvery.isDue(epoch: epoch), state.update > state.validatedAt else { return nil }
    try validate()
    return hasNoProgress ? .noProgress : nil
  }

  /// The learning rate of the next update.
  private mutating func nextRate() -> Double {
    let (schedule, update) = (trainer.options.schedule, trainer.update + 1)
    if let budget = plan.timeBudget {
      state.schedule.note(timeShare: elapsed / max(budget, 1e-9), before: update, schedule)
    }
    return schedule.rate(update: update, progress: state.schedule) * state.watch.rateFactor
  }

  private var hasNoProgress: Bool { plan.selection.hasNoProgress(state, patience: plan.patience) }

  func reachedLimit() -> TrainingEnd? {
    if shouldStop() { return .interrupted }
    if let limit = plan.maxUpdates, state.update >= limit { return .maxUpdates }
    if let limit = plan.timeBudget, elapsed >= limit { return .timeBudget }
    return nil
  }

  var elapsed: Double { secondsBefore + (clock.now - started) / .seconds(1) }
}

internal import Autodiff
public import Corpora
internal import Files
internal import Foundation
public import Models

/// A training from its first update to its last: epochs, validations, checkpoints, the log.
public struct TrainingRun {
  /// The trainer with its weights.
  public private(set) var trainer: Trainer
  private let plan: TrainingPlan
  private let validator: any Validator
  private let log: TrainingLog
  /// Not the wall clock, which somebody may set.
  private let clock = ContinuousClock()
  private let started = ContinuousClock().now
  private var secondsBefore = 0.0
  private var meter = LossMeter()
  private var lastCheckpoint = ContinuousClock().now
  private var skippedInARow = 0
  /// Why the newest model that was the best could not be saved.
  private var unsaved: (any Error)?
  private let batcher: (_ epoch: Int) throws -> Batcher
  private let saveModel: (TrainedTransformer, TrainingState) throws -> Void
  private let shouldStop: () -> Bool
  private let observe: (TrainingEvent) -> Void

  /// Where the run stands.
  public private(set) var state = TrainingState()

  /// A run that has not begun.
  ///
  /// - Parameters:
  ///   - trainer: with the weights to start from.
  ///   - plan: limits and intervals.
  ///   - resuming: goes on from the plan's checkpoint.
  ///   - validator: scores the model every so often.
  ///   - batcher: the batches of an epoch, counted from 1; asked once an epoch.
  ///   - saveModel: writes the best model so far where translation finds it.
  ///   - shouldStop: asked after every update.
  ///   - observe: told what happens.
  /// - Throws: what keeps the run from resuming or from writing its log.
  public init(
    trainer: Trainer, plan: TrainingPlan, resuming: Bool, validator: any Validator,
    batcher: @escaping (_ epoch: Int) throws -> Batcher,
    saveModel: @escaping (TrainedTransformer, TrainingState) throws -> Void,
    shouldStop: @escaping () -> Bool, observe: @escaping (TrainingEvent) -> Void
  ) throws {
    (self.trainer, self.plan, self.validator) = (trainer, plan, validator)
    (self.batcher, self.saveModel) = (batcher, saveModel)
    (self.shouldStop, self.observe) = (shouldStop, observe)
    (state.fingerprint, state.shards) = (plan.fingerprint, trainer.options.shards)
    try createFolder("\(plan.folder)/checkpoints")
    if resuming {
      state = try self.trainer.resume(path: plan.checkpointPath, fingerprint: plan.fingerprint)
      secondsBefore = state.seconds
    } else {
      // Or an early end of this run would be resumed from the run before it.
      try? FileManager.default.removeItem(atPath: plan.checkpointPath)
    }
    log = try TrainingLog(path: "\(plan.folder)/train.jsonl", keepingUpTo: resuming ? state.update : nil)
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
    do {
      let end = try runEpochs()
      // A last look, or the updates since the last validation would be lost.
      if end != .interrupted, end != .diverged, state.update > state.validatedAt { try validate() }
      try saveCheckpoint()
      if let unsaved { throw unsaved }
      return end
    } catch {
      try? saveCheckpoint()
      throw error
    }
  }

  private mutating func runEpochs() throws -> TrainingEnd {
    while true {
      if let end = reachedLimit() { return end }
      if let limit = plan.maxEpochs, state.epoch > limit { return .maxEpochs }
      trainer.laps?.start()
      let batches = try batcher(state.epoch)
      let plans = batches.batches(epoch: state.epoch)
      precondition(!plans.isEmpty, "TrainingRun: epoch \(state.epoch) has no batches")
      trainer.laps?.lap(.makingBatches)
      while state.batchesDone < plans.count {
        trainer.laps?.start()
        let batch = batches.makeBatch(plans[state.batchesDone])
        trainer.laps?.lap(.makingBatches)
        if let end = try update(batch) { return end }
      }
      (state.epoch, state.batchesDone) = (state.epoch + 1, 0)
    }
  }

  private mutating func update(_ batch: Batch) throws -> TrainingEnd? {
    let report = trainer.step(batch)
    state.batchesDone += 1
    state.seconds = elapsed
    guard !report.wasSkipped else { return skip() }
    skippedInARow = 0
    state.update = trainer.update
    state.targetTokens += report.loss.tokens
    meter.add(report.loss)
    observe(.updated(report, state: state, elapsed: elapsed))
    if state.update.isMultiple(of: plan.logEvery) { writeLog(report) }
    trainer.laps?.lap(.other)
    if state.update.isMultiple(of: plan.validateEvery) {
      try validate()
      if plan.patience > 0, state.validationsWithoutProgress >= plan.patience { return .noProgress }
    }
    if clock.now - lastCheckpoint >= .seconds(plan.checkpointEvery) { saveOrReport() }
    return reachedLimit()
  }

  /// A batch whose gradient is no number is left out; too many in a row end the run.
  private mutating func skip() -> TrainingEnd? {
    skippedInARow += 1
    observe(.skipped(state: state))
    return skippedInARow >= 100 ? .diverged : reachedLimit()
  }

  private func reachedLimit() -> TrainingEnd? {
    if shouldStop() { return .interrupted }
    if let limit = plan.maxUpdates, state.update >= limit { return .maxUpdates }
    if let limit = plan.timeBudget, elapsed >= limit { return .timeBudget }
    return nil
  }

  private mutating func validate() throws {
    observe(.validating(state: state))
    let began = clock.now
    let model = TrainedTransformer(trainer.model, weights: trainer.weightsForUse())
    let scores = try validator.validate(model)
    // Tokens per second are training's alone.
    meter.leaveOut(clock.now - began)
    let isBest = scores.isBetter(than: state.best)
    if isBest {
      saveOrReport(model, scores)
    } else {
      (state.validatedAt, state.validationsWithoutProgress) = (
        state.update, state.validationsWithoutProgress + 1
      )
    }
    state.seconds = elapsed
    log.append(
      TrainingLogEntry(
        update: state.update, epoch: state.newestEpoch, seconds: elapsed, validPerplexity: scores.perplexity,
        validBLEU: scores.bleu, isBest: isBest))
    observe(.validated(scores, state: state, isBest: isBest))
  }

  private mutating func writeLog(_ report: UpdateReport) {
    let (sum, seconds) = meter.take()
    let entry = TrainingLogEntry(
      update: state.update, epoch: state.newestEpoch, seconds: elapsed, loss: sum.lossPerToken,
      perplexity: sum.perplexity, learningRate: report.learningRate, gradientNorm: report.gradientNorm,
      targetTokens: state.targetTokens, targetTokensPerSecond: Double(sum.tokens) / max(seconds, 1e-9))
    log.append(entry)
    observe(.logged(entry))
  }

  /// Saves the best model so far.
  ///
  /// Until that succeeds the one before stays the best, as it is on disk, and
  /// the validation does not count, so that a later one tries again.
  private mutating func saveOrReport(_ model: TrainedTransformer, _ scores: ValidationScores) {
    var next = state
    (next.best, next.bestUpdate) = (scores, state.update)
    (next.validatedAt, next.validationsWithoutProgress) = (state.update, 0)
    do {
      try saveModel(model, next)
      (state, unsaved) = (next, nil)
    } catch {
      unsaved = error
      observe(.saveFailed(reason: "\(error)"))
    }
  }

  private mutating func saveOrReport() {
    do { try saveCheckpoint() } catch { observe(.saveFailed(reason: "\(error)")) }
  }

  private mutating func saveCheckpoint() throws {
    lastCheckpoint = clock.now
    state.seconds = elapsed
    try trainer.save(state, path: plan.checkpointPath)
    meter.leaveOut(clock.now - lastCheckpoint)
  }

  private var elapsed: Double { secondsBefore + (clock.now - started) / .seconds(1) }
}

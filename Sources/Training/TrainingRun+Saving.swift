internal import Autodiff
internal import Files
internal import Machine
internal import Models

/// Writing models, weights to be averaged, checkpoints and the log.
///
/// Only the first process writes. Training continues if a file cannot be written.
extension TrainingRun {
  /// Saves the best model so far for translation.
  ///
  /// - Returns: whether that succeeded, in every process; if not, the previous best, which is on disk, stays the best.
  func saveBest(_ model: TrainedTransformer?, _ best: MetricProgress) -> Bool {
    unsaved = reporting {
      try reducer.inFirst { try model.map { try delegate.saveBestModel($0, state: state(with: best)) } }
    }
    return unsaved == nil
  }

  /// Saves the best model so far by a metric.
  ///
  /// - Returns: whether that succeeded, in every process; if not, the previous best stays the best by this metric.
  func saveBest(_ model: TrainedTransformer?, _ best: MetricProgress, by metric: ValidationMetric) -> Bool {
    unkept[metric] = reporting {
      try reducer.inFirst {
        try model.map { try delegate.saveBestModel($0, by: metric, state: state(with: best)) }
      }
    }
    return unkept[metric] == nil
  }

  /// The state as it will be once this model is saved.
  private func state(with best: MetricProgress) -> TrainingState {
    var next = state
    next.best = best
    return next
  }

  /// Runs `work`; if it throws, reports the error to the delegate and returns it.
  private func reporting(_ work: () throws -> Void) -> (any Error)? {
    do {
      try work()
      return nil
    } catch {
      tell(.saveFailed(reason: "\(error)"))
      return error
    }
  }

  /// Keeps the weights for averaging.
  func keepWeights() {
    guard plan.keptCheckpoints > 0, reducer.isFirst else { return }
    let began = clock.elapsed
    _ = reporting {
      try kept.keep(trainer.model, trainer.parameters, state: state, count: plan.keptCheckpoints)
    }
    meter.leaveOut(seconds: clock.elapsed - began)
  }

  /// Writes a line of the log about the updates since the previous line.
  func writeLog(_ report: UpdateReport) {
    let (sum, seconds) = meter.take(at: clock.elapsed)
    let regularization = trainer.options.regularization
    let entry = TrainingLogEntry(
      update: state.update, epoch: state.newestEpoch, seconds: clock.elapsed, loss: sum.lossPerToken,
      perplexity: sum.perplexity, divergence: regularization.rDrop > 0 ? sum.divergencePerToken : nil,
      alignmentLoss: regularization.guidedAlignment == nil ? nil : sum.alignmentPerToken,
      learningRate: report.learningRate, gradientNorm: report.gradientNorm,
      targetTokens: state.targetTokens, targetTokensPerSecond: Double(sum.tokens) / max(seconds, 1e-9),
      memory: MachineMemory().resident)
    log?.append(entry)
    tell(.logged(entry))
  }

  /// Whether the next checkpoint is due; if processes share the optimizer's state, by the time of the first.
  var isCheckpointDue: Bool {
    let isDue = clock.now - lastCheckpoint >= .seconds(plan.checkpointEvery)
    return trainer.shares == nil ? isDue : reducer.first(isDue ? 1 : 0) == 1
  }

  /// Writes a checkpoint; if that fails, the next attempt is when the next one is due.
  func trySavingCheckpoint(replacingLast: Bool = false) {
    _ = reporting { try saveCheckpoint(replacingLast: replacingLast) }
  }

  /// Writes the checkpoint that the delegate requested, and reports it.
  func saveRequestedCheckpoint() {
    _ = reporting {
      try saveCheckpoint()
      tell(.saved(path: checkpoints.last, state: state))
    }
  }

  /// Writes a checkpoint.
  ///
  /// - Parameter replacingLast: whether it replaces the newest one; see ``CheckpointFiles``.
  /// - Throws: an error if it could not be written; the existing files are unchanged then.
  func saveCheckpoint(replacingLast: Bool = false) throws {
    guard reducer.isFirst else {
      lastCheckpoint = clock.now
      if trainer.shares != nil { trainer.sendShares() }
      return
    }
    lastCheckpoint = clock.now
    let began = clock.elapsed
    state.seconds = began
    defer { meter.leaveOut(seconds: clock.elapsed - began) }
    var isAsked = false
    defer { if !isAsked, trainer.shares != nil { trainer.sendShares() } }
    try checkpoints.add(replacingLast: replacingLast || isLastBad) {
      isAsked = true
      try trainer.save(state, path: $0)
    }
    isLastBad = false
  }
}

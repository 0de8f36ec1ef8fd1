internal import Autodiff
internal import Files
internal import Models

/// Writing what was learned: models, weights to be averaged, checkpoints, the log.
extension TrainingRun {
  /// Saves the best model so far.
  ///
  /// Until that succeeds the one before stays the best, as it is on disk, and
  /// the validation does not count, so that a later one tries again.
  ///
  /// - Returns: whether it succeeded.
  mutating func saveOrReport(
    _ model: TrainedTransformer, _ scores: ValidationScores, averageOf updates: [Int]?
  ) -> Bool {
    var next = state
    (next.best, next.bestUpdate, next.averagedUpdates) = (scores, state.update, updates)
    (next.validatedAt, next.validationsWithoutProgress) = (state.update, 0)
    do {
      try saveModel(model, next)
      (state, unsaved) = (next, nil)
    } catch {
      unsaved = error
      observe(.saveFailed(reason: "\(error)"))
    }
    return unsaved == nil
  }

  /// Saves a model that is the best by a metric.
  ///
  /// - Returns: whether that succeeded; else the one before stays the best, and a later validation tries again.
  mutating func keepBest(
    _ model: TrainedTransformer, _ scores: ValidationScores, by metric: ValidationMetric,
    averageOf updates: [Int]?
  ) -> Bool {
    var kept = state
    (kept.best, kept.bestUpdate, kept.averagedUpdates) = (scores, state.update, updates)
    do {
      try saveBest(model, kept, metric)
      unkept[metric] = nil
    } catch {
      unkept[metric] = error
      observe(.saveFailed(reason: "\(error)"))
    }
    return unkept[metric] == nil
  }

  /// Keeps the weights for averaging; training goes on where that fails.
  mutating func keepWeights() {
    guard plan.keptCheckpoints > 0 else { return }
    let began = clock.now
    do {
      try kept.keep(trainer.model, trainer.parameters, state: state, count: plan.keptCheckpoints)
    } catch {
      observe(.saveFailed(reason: "\(error)"))
    }
    meter.leaveOut(clock.now - began)
  }

  mutating func writeLog(_ report: UpdateReport) {
    let (sum, seconds) = meter.take()
    let entry = TrainingLogEntry(
      update: state.update, epoch: state.newestEpoch, seconds: elapsed, loss: sum.lossPerToken,
      perplexity: sum.perplexity,
      divergence: trainer.options.regularization.rDrop > 0 ? sum.divergencePerToken : nil,
      alignmentLoss: trainer.options.regularization.guidedAlignment == nil ? nil : sum.alignmentPerToken,
      learningRate: report.learningRate, gradientNorm: report.gradientNorm,
      targetTokens: state.targetTokens, targetTokensPerSecond: Double(sum.tokens) / max(seconds, 1e-9))
    log.append(entry)
    observe(.logged(entry))
  }

  /// Writes a checkpoint; training goes on where that fails, and tries again when the next one is due.
  mutating func saveOrReport(replacingLast: Bool = false) {
    do { try saveCheckpoint(replacingLast: replacingLast) } catch { observe(.saveFailed(reason: "\(error)")) }
  }

  /// Writes a checkpoint because somebody wants one now, and says so.
  mutating func saveAsAsked() {
    do {
      try saveCheckpoint()
      observe(.saved(path: checkpoints.last, state: state))
    } catch {
      observe(.saveFailed(reason: "\(error)"))
    }
  }

  mutating func saveCheckpoint(replacingLast: Bool = false) throws {
    lastCheckpoint = clock.now
    state.seconds = elapsed
    defer { meter.leaveOut(clock.now - lastCheckpoint) }
    try checkpoints.add(replacingLast: replacingLast || isLastBad) { [trainer, state] in
      try trainer.save(state, path: $0)
    }
    isLastBad = false
  }
}

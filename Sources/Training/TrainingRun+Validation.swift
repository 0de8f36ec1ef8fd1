internal import Autodiff
internal import Files
internal import Models

/// Looking at what was learned, and saving it.
extension TrainingRun {
  mutating func validate() throws {
    let isBest = try validate(TrainedTransformer(trainer.model, weights: trainer.weightsForUse()))
    state.schedule.noteValidation(isBest: isBest, update: state.update, trainer.options.schedule)
  }

  /// Scores a model, and saves it if it is the best so far.
  ///
  /// - Returns: whether it is.
  private mutating func validate(_ model: TrainedTransformer, averageOf updates: [Int]? = nil) throws -> Bool
  {
    observe(.validating(state: state))
    let began = clock.now
    // Decoding needs memory of its own.
    trainer.releaseMemory()
    let scores = try validator.validate(model)
    // Tokens per second are training's alone.
    meter.leaveOut(clock.now - began)
    let isBest = scores.isBetter(than: state.best)
    if isBest {
      saveOrReport(model, scores, averageOf: updates)
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
    return isBest
  }

  /// Scores the average of the newest kept weights, which becomes the model if it is better.
  ///
  /// For the patience of a run that is resumed it does not count: it is no step on the way.
  mutating func validateAverage() throws {
    let files = kept.files.suffix(plan.averageLast)
    guard plan.averageLast > 0 else { return }
    observe(.averaging(files: Array(files)))
    guard files.count > 1 else { return }
    let weights = try trainer.model.averageOfParameters(paths: files.map(\.path))
    let withoutProgress = state.validationsWithoutProgress
    _ = try validate(TrainedTransformer(trainer.model, weights: weights), averageOf: files.map(\.update))
    state.validationsWithoutProgress = withoutProgress
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
      learningRate: report.learningRate, gradientNorm: report.gradientNorm,
      targetTokens: state.targetTokens, targetTokensPerSecond: Double(sum.tokens) / max(seconds, 1e-9))
    log.append(entry)
    observe(.logged(entry))
  }

  /// Saves the best model so far.
  ///
  /// Until that succeeds the one before stays the best, as it is on disk, and
  /// the validation does not count, so that a later one tries again.
  private mutating func saveOrReport(
    _ model: TrainedTransformer, _ scores: ValidationScores, averageOf updates: [Int]?
  ) {
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

internal import Models

/// Looking at what was learned.
extension TrainingRun {
  /// Scores the model; a validation that is interrupted is made up for later.
  mutating func validate() throws {
    let model = TrainedTransformer(trainer.model, weights: trainer.weightsForUse())
    do {
      let progress = try validate(model)
      state.interruptedValidation = nil
      guard let progress else { return }
      state.schedule.noteValidation(isBest: progress, update: state.update, trainer.options.schedule)
    } catch is ValidationInterrupted {
      state.interruptedValidation = state.update
    }
  }

  /// A last look, or the updates since the last validation would be lost.
  ///
  /// - Returns: whether it came to its end.
  mutating func lookBack() throws -> Bool {
    if state.update > state.validatedAt { try validate() }
    guard state.interruptedValidation == nil else { return false }
    do { try validateAverage() } catch is ValidationInterrupted { return false }
    return true
  }

  /// Scores a model, and saves it if it is the best so far.
  ///
  /// - Returns: whether it is; nil where the score is missing that decides.
  private mutating func validate(_ model: TrainedTransformer, averageOf updates: [Int]? = nil) throws -> Bool?
  {
    observe(.validating(state: state))
    let began = clock.now
    // Decoding needs memory of its own.
    trainer.releaseMemory()
    let scores = try validator.validate(model, update: state.update)
    // Tokens per second are training's alone.
    meter.leaveOut(clock.now - began)
    let (selection, best) = (plan.selection, state.best)
    let isBest = selection.isBetter(scores, than: best, by: selection.bestBy)
    let isDecided = scores[selection.bestBy] != nil || best?[selection.bestBy] == nil
    let counts = isBest ? saveOrReport(model, scores, averageOf: updates) : pass(isDecided: isDecided)
    if counts { noteProgress(model, scores, averageOf: updates) }
    state.seconds = elapsed
    log.append(
      TrainingLogEntry(
        update: state.update, epoch: state.newestEpoch, seconds: elapsed, validPerplexity: scores.perplexity,
        validBLEU: scores.bleu, validChrF: scores.chrf, validScript: scores.script, isBest: isBest))
    observe(.validated(scores, state: state, isBest: isBest))
    return isDecided ? isBest : nil
  }

  /// Counts a validation that was no better; one that lacks the score that decides is nobody's fault.
  private mutating func pass(isDecided: Bool) -> Bool {
    state.validatedAt = state.update
    if isDecided { state.validationsWithoutProgress += 1 }
    return true
  }

  /// Notes how far each metric has come, and keeps the model where it is the best by one.
  private mutating func noteProgress(
    _ model: TrainedTransformer, _ scores: ValidationScores, averageOf updates: [Int]?
  ) {
    for metric in ValidationMetric.allCases where scores[metric] != nil {
      guard plan.selection.isBetter(scores, than: state.progress[metric]?.best, by: metric) else {
        state.progress[metric]?.validationsWithoutProgress += 1
        continue
      }
      let isAsked = plan.selection.keepsBest
      if isAsked, !keepBest(model, scores, by: metric, averageOf: updates) { continue }
      state.progress[metric] = MetricProgress(best: scores, update: state.update, isKept: isAsked)
    }
  }

  /// Scores the average of the newest kept weights, which becomes the model if it is better.
  ///
  /// For the patience of a run that is resumed it does not count: it is no step on the way.
  private mutating func validateAverage() throws {
    let files = kept.files.suffix(plan.averageLast)
    guard plan.averageLast > 0 else { return }
    observe(.averaging(files: Array(files)))
    guard files.count > 1 else { return }
    let weights = try trainer.model.averageOfParameters(paths: files.map(\.path))
    let before = state
    _ = try validate(TrainedTransformer(trainer.model, weights: weights), averageOf: files.map(\.update))
    state.validationsWithoutProgress = before.validationsWithoutProgress
    for metric in state.progress.keys {
      let counted = before.progress[metric]?.validationsWithoutProgress ?? 0
      state.progress[metric]?.validationsWithoutProgress = counted
    }
  }
}

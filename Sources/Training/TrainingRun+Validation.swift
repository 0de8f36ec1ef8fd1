internal import Models
internal import Tensors

/// Validating the model, and keeping the best one.
extension TrainingRun {
  /// Validates the model; if interrupted, the validation is repeated when the run is resumed.
  func validate() throws {
    do {
      let verdict = try validate { trainer.weightsForUse() }
      state.interruptedValidation = nil
      guard verdict != .undecided else { return }
      state.schedule.noteValidation(
        isBest: verdict == .better, update: state.update, trainer.options.schedule)
    } catch is ValidationInterrupted {
      state.interruptedValidation = state.update
    }
  }

  /// Validates the model unless the newest update has been validated, then the average of kept weights.
  ///
  /// - Returns: false if it was interrupted.
  func validateAtEnd() throws -> Bool {
    if state.update > state.validatedAt { try validate() }
    guard state.interruptedValidation == nil else { return false }
    do { try validateAverage() } catch is ValidationInterrupted { return false }
    return true
  }

  /// Scores a model, and saves it if it is the best so far.
  ///
  /// - Parameters:
  ///   - updates: the updates whose weights are averaged; nil if the model is not an average.
  ///   - weights: makes the weights.
  /// - Returns: how the model compares to the best so far.
  /// - Throws: errors of the validator.
  private func validate(averageOf updates: [Int]? = nil, _ weights: () throws -> FlatBuffer) throws
    -> Verdict
  {
    tell(.validating(state: state))
    let began = clock.elapsed
    // Decoding needs the memory.
    trainer.releaseMemory()
    let (model, scores) = try score(weights)
    // Validation does not count for training speed.
    meter.leaveOut(seconds: clock.elapsed - began)
    let verdict = plan.selection.verdict(on: scores, best: state.best.scores)
    noteValidation(
      of: model, MetricProgress(scores: scores, update: state.update, averagedUpdates: updates), verdict)
    state.seconds = clock.elapsed
    log?.append(
      TrainingLogEntry(
        update: state.update, epoch: state.newestEpoch, seconds: clock.elapsed,
        validPerplexity: scores.perplexity, validBLEU: scores.bleu, validChrF: scores.chrf,
        validScript: scores.script, isBest: verdict == .better))
    tell(.validated(scores, state: state, isBest: verdict == .better))
    return verdict
  }

  /// Scores a model, in all processes if they have the same weights, else in the first.
  ///
  /// Weights that are averaged from files may be out of reach of other processes.
  ///
  /// - Returns: the model, nil in other processes if they do not have it; and the scores, in all of them.
  private func score(_ weights: () throws -> FlatBuffer) throws -> (TrainedTransformer?, ValidationScores) {
    let own = Result { try weights() }
    let marks = reducer.gather((try? own.get()).map { [$0.sumOfSquares(0..<$0.count)] } ?? [])
    let areSame = marks.allSatisfy { !$0.isEmpty && $0.map(\.bitPattern) == marks[0].map(\.bitPattern) }
    let model = (try? own.get()).map { TrainedTransformer(trainer.model, weights: $0) }
    if areSame, let model {
      return (model, try validator.validate(model, update: state.update, with: reducer))
    }
    let scores = try reducer.scoresFromFirst {
      let model = TrainedTransformer(trainer.model, weights: try own.get())
      return try validator.validate(model, update: state.update)
    }
    return (model, scores)
  }

  /// Records a validation, and saves its model if it is the best.
  ///
  /// If the best model cannot be saved, the validation does not count, so that a later one tries again.
  private func noteValidation(of model: TrainedTransformer?, _ validation: MetricProgress, _ verdict: Verdict)
  {
    switch verdict {
    case .better:
      guard saveBest(model, validation) else { return }
      state.best = validation
    case .noBetter: state.best.validationsWithoutProgress += 1
    // A missing score says nothing about the model.
    case .undecided: break
    }
    state.validatedAt = state.update
    for metric in ValidationMetric.allCases { noteProgress(of: model, validation, by: metric) }
  }

  /// Records progress by a metric, and keeps the model if it is the best by that metric.
  private func noteProgress(
    of model: TrainedTransformer?, _ validation: MetricProgress, by metric: ValidationMetric
  ) {
    guard let scores = validation.scores, scores[metric] != nil else { return }
    guard plan.selection.isBetter(scores, than: state.progress[metric]?.scores, by: metric) else {
      state.progress[metric]?.validationsWithoutProgress += 1
      return
    }
    var best = validation
    best.isKept = plan.selection.keepsBest
    guard !best.isKept || saveBest(model, best, by: metric) else { return }
    state.progress[metric] = best
  }

  /// Validates the average of the newest kept weights, which becomes the best model if it is better.
  ///
  /// This does not count for patience when the run is resumed, because it is not part of the training.
  private func validateAverage() throws {
    guard plan.averageLast > 0 else { return }
    let files = kept.files.suffix(plan.averageLast)
    tell(.averaging(files: Array(files)))
    // Other processes may see the folder later.
    let updates = try reducer.fromFirst { files.map { Double($0.update) } }.map { Int($0) }
    guard updates.count > 1 else { return }
    let before = state
    _ = try validate(averageOf: updates) {
      try trainer.model.averageOfParameters(paths: updates.map(kept.path))
    }
    state.countValidations(as: before)
  }
}

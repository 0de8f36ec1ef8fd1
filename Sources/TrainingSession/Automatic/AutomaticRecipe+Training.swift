import Corpora
import Files
import Layers
import Models
import Recipes
import Text

/// The choices that are made once there is a vocabulary.
extension AutomaticRecipe {
  /// Measures models of several sizes, and chooses one with the settings that depend on it.
  ///
  /// - Returns: the outlook at the present speed of the machine.
  mutating func chooseTraining(_ pipeline: TextPipeline) throws -> Outlook {
    try take(ArchitectureRules.positions, ArchitectureRules.activation)
    let text = EncodedText(pipeline, learner: learner, profile: profile)
    let candidates = Candidates(
      completed, asked: request, processes: processes, pipeline: pipeline, profile: profile, text: text)
    let limits = request.stopping.limits
    let rule = SizeRule(profile, limits, tokensOfEpoch: text.targetTokens)
    let (size, preset, speed) = try candidates.choose(by: rule)
    try monitor.checkCancellation()
    try take(size, completed.architecture.activation.isGated ? ArchitectureRules.innerSize(preset) : nil)
    try take(PrecisionRule.choice(candidates.productSpeed(preset)))
    try take(BatchRule.choice(profile, preset: preset, threads: threads))
    let batches = completed.batches
    return try chooseSchedule(
      Outlook(
        tokensOfEpoch: text.targetTokens,
        tokensOfUpdate: Double(batches.tokens * batches.accumulate) * text.targetShare, speed: speed.alone,
        limits: limits),
      preset: preset, model: try candidates.configuration(preset), lengths: text.lengths,
      slowness: speed.alone / speed.present)
  }

  /// Chooses the settings that follow from the size and from how often the text will be seen.
  ///
  /// - Returns: the outlook at the present speed of the machine.
  private mutating func chooseSchedule(
    _ first: Outlook, preset: ModelPreset, model: ModelConfiguration,
    lengths: (source: Double, target: Double), slowness: Double
  ) throws -> Outlook {
    var outlook = first
    try take(
      RegularizationRules.dropout(profile, parameters: model.parameterCount, outlook: outlook),
      RegularizationRules.smoothing)
    let dropout = completed.regularization.dropout ?? Double(model.dropout)
    try take(
      RegularizationRules.bpeDropout(profile, outlook: outlook),
      RegularizationRules.rDrop(profile, size: model.size, dropout: dropout, outlook: outlook))
    // Every sentence passes through the model twice.
    if completed.regularization.rDrop > 0 { outlook.speed = outlook.speed.map { $0 / 2 } }
    try take(ScheduleRules.schedule(outlook.limits))
    let schedule = completed.schedule.name
    if schedule != .noam { try take(ScheduleRules.learningRate(preset)) }
    try take(
      ScheduleRules.warmup(preset, outlook: outlook),
      ScheduleRules.validateEvery(
        outlook, validationTokens: Double(try validationPairs()) * lengths.target),
      // A request that names metrics to stop by means to stop by them.
      request.validation.stopBy.isEmpty ? ScheduleRules.patience(schedule.rawValue) : nil)
    if let alone = outlook.speed {
      monitor.note(
        .measured(
          parameters: model.parameterCount, MeasuredSpeed(alone: alone, present: alone / slowness),
          threads: threads))
      outlook.speed = alone / slowness
    }
    return outlook
  }

  private func validationPairs() throws -> Int {
    if let heldOut { return heldOut.pairs.count }
    return try request.files.validSource.reduce(0) { count, path in
      let reader = try LineReader(path: path)
      while try reader.next() != nil {}
      return count + reader.lineNumber
    }
  }
}

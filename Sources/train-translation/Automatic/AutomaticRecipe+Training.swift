import Corpora
import Files
import Formatting
import Layers
import Models
import Recipes
import Reporting
import Tensors
import Text

/// What is chosen for the training once there is a vocabulary.
extension AutomaticRecipe {
  /// Measures models of several sizes, and chooses one with all that belongs to it.
  ///
  /// - Returns: what the training will come to at the speed that the machine has at present.
  mutating func chooseTraining(_ pipeline: TextPipeline) throws -> Outlook {
    try take(
      PrecisionRule.choice(hasBfloat16: MatrixPrecision.bfloat16.problem == nil), ArchitectureRules.positions,
      ArchitectureRules.activation)
    let text = EncodedText(pipeline, learner: learner, profile: profile)
    let candidates = Candidates(arguments, pipeline: pipeline, profile: profile, text: text)
    let rule = SizeRule(profile, arguments.limits, tokensOfEpoch: text.targetTokens)
    let (size, preset, speed) = try candidates.choose(by: rule)
    try take(size, arguments.activation.isGated ? ArchitectureRules.innerSize(preset) : nil)
    try take(BatchRule.choice(profile, preset: preset, threads: arguments.threads))
    return try chooseSchedule(
      Outlook(
        tokensOfEpoch: text.targetTokens,
        tokensOfUpdate: Double(arguments.batchTokens * arguments.accumulate) * text.targetShare,
        speed: speed.alone, limits: arguments.limits),
      model: try candidates.configuration(preset), lengths: text.lengths,
      slowness: speed.alone / speed.present)
  }

  /// Chooses what follows from the size and from how often the text will be seen.
  ///
  /// - Returns: the outlook at the speed that the machine has at present.
  private mutating func chooseSchedule(
    _ first: Outlook, model: ModelConfiguration, lengths: (source: Double, target: Double), slowness: Double
  ) throws -> Outlook {
    var outlook = first
    try take(
      RegularizationRules.dropout(profile, parameters: model.parameterCount, outlook: outlook),
      RegularizationRules.smoothing)
    let dropout = arguments.dropout ?? Double(model.dropout)
    try take(
      RegularizationRules.bpeDropout(profile, outlook: outlook),
      RegularizationRules.rDrop(profile, size: model.size, dropout: dropout, outlook: outlook))
    // Every sentence passes the model twice.
    if arguments.rDrop > 0 { outlook.speed = outlook.speed.map { $0 / 2 } }
    try take(ScheduleRules.schedule(arguments.limits))
    if arguments.schedule != .noam {
      try take(ScheduleRules.learningRate(arguments.peakLearningRate, preset: arguments.preset.rawValue))
    }
    try take(
      ScheduleRules.warmup(arguments.warmupUpdates, outlook: outlook),
      ScheduleRules.validateEvery(
        outlook, validationTokens: Double(try validationPairs()) * lengths.target),
      // Who says what to wait for wants to wait for it.
      arguments.validation.stopBy.isEmpty ? ScheduleRules.patience(arguments.schedule.rawValue) : nil)
    if let alone = outlook.speed {
      sayHowFast(model, MeasuredSpeed(alone: alone, present: alone / slowness))
      outlook.speed = alone / slowness
    }
    return outlook
  }

  private func sayHowFast(_ model: ModelConfiguration, _ speed: MeasuredSpeed) {
    let isBusy = speed.alone > 1.4 * speed.present
    say(
      "\(Readable.count(model.parameterCount)) parameters; measured: \(Readable.rate(speed.present, "target tokens")) on "
        + "threads: \(arguments.threads)"
        + (isBusy
          ? "; without the other programs that run, \(Readable.rate(speed.alone, "target tokens"))" : ""))
  }

  private func validationPairs() throws -> Int {
    if let heldOut { return heldOut.pairs.count }
    return try arguments.validSource.reduce(0) { count, path in
      let reader = try LineReader(path: path)
      while try reader.next() != nil {}
      return count + reader.lineNumber
    }
  }
}

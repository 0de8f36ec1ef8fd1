import CommandLineArguments
import Corpora
import Files
import Models
import Recipes
import Reporting
import Tensors
import Text
import Training

/// The work of `--preset auto`: looks at the text, makes what is missing, and chooses every setting that was not
/// given.
struct AutomaticRecipe {
  private(set) var arguments: TrainTranslationArguments
  private(set) var choices: [Choice] = []
  private var heldOut: HeldOutPairs?
  private var learner: VocabularyLearner
  private var profile = TextProfile(
    pairs: 0, source: TextProfile.Side(WordCounts()), target: TextProfile.Side(WordCounts()))

  /// The arguments with a concrete preset and everything that was chosen.
  ///
  /// - Throws: what keeps the text from being read or the folder from being written.
  static func resolve(_ arguments: TrainTranslationArguments) throws -> (TrainTranslationArguments, [Choice])
  {
    guard !arguments.resume else { return try resume(arguments) }
    if !arguments.plan { try ModelFolder.prepare(arguments) }
    var recipe = try AutomaticRecipe(arguments)
    try recipe.make()
    return (recipe.arguments, recipe.choices)
  }

  /// A run that goes on does as it began.
  private static func resume(
    _ arguments: TrainTranslationArguments
  ) throws -> (TrainTranslationArguments, [Choice]) {
    var arguments = arguments
    let file = try RecipeFile(folder: arguments.model)
    if arguments.buildsVocabulary, file.hasVocabulary { arguments.vocabulary = arguments.model }
    if arguments.holdsOut, file.hasHeldOutPairs { arguments.useHeldOutPairs() }
    try arguments.take(file.choices)
    arguments.isResolved = true
    try arguments.validate()
    say("going on with the choices in '\(arguments.model)/\(RecipeFile.name)'")
    return (arguments, file.choices)
  }

  private init(_ arguments: TrainTranslationArguments) throws {
    self.arguments = arguments
    let settings =
      arguments.buildsVocabulary
      ? arguments.pipelineSettings : try TextPipeline(folder: arguments.vocabulary).settings
    learner = VocabularyLearner(settings: settings, threads: arguments.threads)
  }

  private mutating func make() throws {
    if arguments.holdsOut { try holdOut() }
    try countWords()
    ChoiceTable.show(profile)
    let pipeline =
      arguments.buildsVocabulary ? try buildVocabulary() : try TextPipeline(folder: arguments.vocabulary)
    let hasVocabulary = arguments.buildsVocabulary
    let outlook = try chooseTraining(pipeline)
    ChoiceTable(choices: choices, arguments: arguments).show()
    say(outlook.verdict)
    arguments.isResolved = true
    try arguments.validate()
    guard !arguments.plan else { return }
    if hasVocabulary {
      try pipeline.write(to: arguments.model)
      arguments.vocabulary = arguments.model
    }
    let recipe = RecipeFile(
      choices: choices, hasVocabulary: hasVocabulary, hasHeldOutPairs: heldOut != nil)
    if let heldOut { try write(heldOut) }
    try recipe.write(to: arguments.model)
  }

  /// Takes choices over, and remembers them.
  private mutating func take(_ choices: Choice?...) throws(ArgumentError) {
    let choices = choices.compactMap(\.self)
    self.choices += choices
    try arguments.take(choices)
  }

  // MARK: - The text

  private mutating func holdOut() throws {
    let bar = ProgressBar("pair", total: nil)
    defer { bar.finish() }
    let pairs = try HeldOutPairs(
      sourceFiles: arguments.trainSource, targetFiles: arguments.trainTarget, seed: arguments.seed,
      count: HeldOutRule.count(pairs:)
    ) { bar.update($0, "holding out validation text") }
    guard !pairs.pairs.isEmpty else {
      throw RecipeError.tooFewPairs(pairs.pairsRead, paths: arguments.trainSource)
    }
    heldOut = pairs
  }

  private mutating func countWords() throws {
    let sides: [(TextPipeline.Side, [String])] = [
      (.source, arguments.trainSource), (.target, arguments.trainTarget),
    ]
    for (side, paths) in sides {
      for (index, path) in paths.enumerated() {
        let bar = ProgressBar("\(path): line", total: nil)
        defer { bar.finish() }
        try learner.count(path: path, side: side, leavingOut: heldOut?.lines[index] ?? []) {
          bar.update($0, "counting words")
        }
      }
    }
    try learner.requireWords()
    let leftOut = heldOut?.lines.reduce(0) { $0 + $1.count } ?? 0
    profile = TextProfile(
      pairs: learner.source.lines - leftOut, source: TextProfile.Side(learner.source.counts),
      target: TextProfile.Side(learner.target.counts))
  }

  private mutating func buildVocabulary() throws -> TextPipeline {
    try take(
      arguments.sourceLanguage.isEmpty ? VocabularyRules.languageChoice(.source, profile) : nil,
      arguments.targetLanguage.isEmpty ? VocabularyRules.languageChoice(.target, profile) : nil,
      VocabularyRules.sharing(profile))
    try take(VocabularyRules.merges(profile, isJoint: arguments.joint))
    learner.name(sourceLanguage: arguments.sourceLanguage, targetLanguage: arguments.targetLanguage)
    learner.choose(joint: arguments.joint, merges: arguments.merges ?? 0)
    let bar = ProgressBar("merge", total: arguments.merges)
    defer { bar.finish() }
    return try learner.learn { _, merges in if merges % 256 == 0 { bar.update(merges, "learning") } }
  }

  // MARK: - The training

  private mutating func chooseTraining(_ pipeline: TextPipeline) throws -> Outlook {
    try take(PrecisionRule.choice(hasBfloat16: MatrixPrecision.bfloat16.problem == nil))
    let text = EncodedText(pipeline, learner: learner, profile: profile)
    let candidates = Candidates(arguments, pipeline: pipeline, profile: profile, text: text)
    let rule = SizeRule(profile, arguments.limits, tokensOfEpoch: text.targetTokens)
    let (size, preset, speed) = try candidates.choose(by: rule)
    try take(size)
    try take(BatchRule.choice(profile, preset: preset, threads: arguments.threads))
    return try chooseSchedule(
      Outlook(
        tokensOfEpoch: text.targetTokens,
        tokensOfUpdate: Double(arguments.batchTokens * arguments.accumulate) * text.targetShare,
        speed: speed.alone, limits: arguments.limits),
      model: try candidates.configuration(preset), lengths: text.lengths,
      slowness: speed.alone / speed.present)
  }

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
      ScheduleRules.patience(arguments.schedule.rawValue))
    if let alone = outlook.speed {
      sayHowFast(MeasuredSpeed(alone: alone, present: alone / slowness))
      outlook.speed = alone / slowness
    }
    return outlook
  }

  private func sayHowFast(_ speed: MeasuredSpeed) {
    let isBusy = speed.alone > 1.4 * speed.present
    say(
      "measured: \(Readable.rate(speed.present)) target tokens on threads: \(arguments.threads)"
        + (isBusy ? "; without the other programs that run, \(Readable.rate(speed.alone))" : ""))
  }

  private func validationPairs() throws -> Int {
    if let heldOut { return heldOut.pairs.count }
    return try arguments.validSource.reduce(0) { count, path in
      let reader = try LineReader(path: path)
      while try reader.next() != nil {}
      return count + reader.lineNumber
    }
  }

  private mutating func write(_ pairs: HeldOutPairs) throws {
    let paths = RecipeFile.heldOutPaths(in: arguments.model)
    try writeFileAtomically(path: paths.source, contents: pairs.pairs.flatMap { $0.source + [0x0a] })
    try writeFileAtomically(path: paths.target, contents: pairs.pairs.flatMap { $0.target + [0x0a] })
    arguments.useHeldOutPairs()
    let leftOut = pairs.lines.reduce(0) { $0 + $1.count }
    say(
      "no validation text was given: \(Readable.count(pairs.pairs.count)) pairs are held out for it, in "
        + "'\(paths.source)' and '\(paths.target)'; they and \(Readable.count(leftOut - pairs.pairs.count)) pairs "
        + "with the same source lines are not trained on")
  }
}

extension TrainTranslationArguments {
  /// Validates on what was held out, and leaves it out of training.
  fileprivate mutating func useHeldOutPairs() {
    let paths = RecipeFile.heldOutPaths(in: model)
    (validSource, validTarget, leavesOutValidation) = ([paths.source], [paths.target], true)
  }
}

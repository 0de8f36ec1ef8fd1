import CommandLineArguments
import Corpora
import Recipes
import Text

/// The work of `--preset auto`: looks at the text, makes what is missing, and chooses every setting that was not
/// given.
struct AutomaticRecipe {
  var arguments: TrainTranslationArguments
  private var choices: [Choice] = []
  var heldOut: HeldOutPairs?
  var learner: VocabularyLearner
  var profile = TextProfile(
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
    // What was given when it began must be given again.
    if arguments.buildsVocabulary, !file.hasVocabulary { throw ArgumentError.missingOptions(["--vocab"]) }
    if arguments.holdsOut, !file.hasHeldOutPairs {
      throw ArgumentError.missingOptions(["--valid-source", "--valid-target"])
    }
    if arguments.buildsVocabulary, file.hasVocabulary { arguments.vocabulary = arguments.model }
    if arguments.holdsOut, file.hasHeldOutPairs { arguments.useHeldOutPairs() }
    try arguments.take(file.choices)
    arguments.isResolved = true
    try arguments.validate(arguments.given)
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
    try arguments.validate(arguments.given)
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
  mutating func take(_ choices: Choice?...) throws(ArgumentError) {
    let choices = choices.compactMap(\.self)
    self.choices += choices
    try arguments.take(choices)
  }
}

extension TrainTranslationArguments {
  /// Validates on what was held out, and leaves it out of training.
  mutating func useHeldOutPairs() {
    let paths = RecipeFile.heldOutPaths(in: model)
    (validSource, validTarget, leavesOutValidation) = ([paths.source], [paths.target], true)
  }
}

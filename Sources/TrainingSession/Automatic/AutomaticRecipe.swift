import Corpora
import Recipes
import Text

/// The preset `auto`: analyzes the text, makes vocabulary and validation text if they are missing, and chooses every
/// setting that was not given.
struct AutomaticRecipe {
  /// The request as it was given.
  let request: TrainingRequest
  let monitor: SessionMonitor
  /// The number of processes that train together.
  let processes: Int
  /// The request with the choices so far.
  private(set) var completed: TrainingRequest
  private var choices: [Choice] = []
  var heldOut: HeldOutPairs?
  var learner: VocabularyLearner
  var profile = TextProfile(
    pairs: 0, source: TextProfile.Side(WordCounts()), target: TextProfile.Side(WordCounts()))

  /// A recipe without choices.
  ///
  /// - Parameters:
  ///   - request: the request as it was given.
  ///   - monitor: that of the session.
  ///   - processes: the number of processes that train together.
  /// - Throws: `VocabularyError` for a vocabulary that cannot be read, ``TrainingRequestError`` for text from a pipe.
  init(_ request: TrainingRequest, _ monitor: SessionMonitor, processes: Int) throws {
    try request.files.requireFiles(for: "'--preset auto'", readsTargets: true)
    (self.request, self.monitor, self.processes, completed) = (request, monitor, processes, request)
    var settings =
      request.buildsVocabulary
      ? request.vocabulary.pipelineSettings : try TextPipeline(folder: request.files.vocabulary).settings
    if request.buildsVocabulary {
      settings.marks = MarkTokens(
        spans: request.regularization.trainSpans > 0 ? SpanTokens.usual : 0,
        terms: request.regularization.annotateTerms > 0)
    }
    learner = VocabularyLearner(settings: settings, threads: request.machine.threads)
  }

  /// Makes all choices and reports them; writes nothing.
  ///
  /// - Returns: the vocabulary to train with, and the choices.
  /// - Throws: errors of reading the text, or ``TrainingRequestError`` for choices that conflict with what was
  ///   given.
  mutating func choose() throws -> (pipeline: TextPipeline, choices: [AppliedChoice]) {
    if request.holdsOut { try holdOut() }
    try countWords()
    monitor.tell(.profiled(profile))
    try monitor.checkCancellation()
    let pipeline =
      request.buildsVocabulary ? try buildVocabulary() : try TextPipeline(folder: request.files.vocabulary)
    let outlook = try chooseTraining(pipeline)
    let applied = choices.map { request.applied($0, in: completed) }
    monitor.tell(.chosen(applied))
    monitor.note(.outlook(outlook))
    try completed.validateSettings()
    return (pipeline, applied)
  }

  /// Makes all choices, and writes vocabulary, validation text and choices to the model folder.
  ///
  /// - Throws: like ``choose()``, and errors of writing.
  mutating func make() throws -> ChosenRecipe {
    let (pipeline, applied) = try choose()
    let folder = request.files.model
    if request.buildsVocabulary {
      completed.files.vocabulary = RecipeFile.vocabularyFolder(in: folder)
      try pipeline.write(to: completed.files.vocabulary)
    }
    if let heldOut {
      try write(heldOut)
      completed.files.useHeldOutPairs()
    }
    let file = RecipeFile(
      choices: choices, hasVocabulary: request.buildsVocabulary, hasHeldOutPairs: heldOut != nil)
    try file.write(to: folder)
    return ChosenRecipe(request: completed, choices: applied, hasHeldOutPairs: heldOut != nil)
  }

  /// The threads of all processes.
  var threads: Int { processes * request.machine.threads }

  /// Records choices, and applies them where nothing was given.
  mutating func take(_ choices: Choice?...) throws(TrainingRequestError) {
    self.choices += choices.compactMap(\.self)
    completed = try request.completed(by: self.choices)
  }
}

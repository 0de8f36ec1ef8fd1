import Recipes

/// The result of the preset `auto`.
struct ChosenRecipe {
  /// The request with a concrete preset, all choices, and the files that were made.
  let request: TrainingRequest
  /// The choices, with the values that were given instead.
  let choices: [AppliedChoice]
  /// Whether the validation text was held out of the training text.
  let hasHeldOutPairs: Bool
}

extension ChosenRecipe {
  /// The recipe of a training that is resumed, which keeps the choices it began with.
  ///
  /// - Parameters:
  ///   - request: must give again what was given when the training began.
  ///   - monitor: that of the session.
  /// - Throws: ``RecipeError``, ``TrainingRequestError`` or `FileError`.
  init(resuming request: TrainingRequest, _ monitor: SessionMonitor) throws {
    try self.init(writtenFor: request)
    monitor.note(.choicesFound(path: "\(request.files.model)/\(RecipeFile.name)"))
  }

  /// The recipe in the model folder of a request.
  ///
  /// - Throws: ``RecipeError``, ``TrainingRequestError`` or `FileError`.
  init(writtenFor request: TrainingRequest) throws {
    let folder = request.files.model
    let file = try RecipeFile(folder: folder)
    if request.buildsVocabulary, !file.hasVocabulary { throw TrainingRequestError.missing(["--vocab"]) }
    if request.holdsOut, !file.hasHeldOutPairs {
      throw TrainingRequestError.missing(["--valid-source", "--valid-target"])
    }
    var completed = try request.completed(by: file.choices)
    if request.buildsVocabulary, file.hasVocabulary {
      completed.files.vocabulary = RecipeFile.presentVocabularyFolder(in: folder)
    }
    let holdsOut = request.holdsOut && file.hasHeldOutPairs
    if holdsOut { completed.files.useHeldOutPairs() }
    try completed.validateSettings()
    self.init(
      request: completed, choices: file.choices.map { request.applied($0, in: completed) },
      hasHeldOutPairs: holdsOut)
  }
}

extension FilesRequest {
  /// Makes the held-out pairs the validation text.
  mutating func useHeldOutPairs() {
    let paths = RecipeFile.heldOutPaths(in: model)
    (validSource, validTarget) = ([paths.source], [paths.target])
  }
}

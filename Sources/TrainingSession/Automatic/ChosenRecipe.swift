import Recipes

/// What the preset `auto` made of a request.
struct ChosenRecipe {
  /// The request with a concrete preset, all choices, and the files that were made.
  let request: TrainingRequest
  /// The choices, with what was given in their place.
  let choices: [AppliedChoice]
  /// Whether the validation text was held out of the training text.
  let hasHeldOutPairs: Bool
}

extension ChosenRecipe {
  /// The recipe that a training began with: one that is resumed keeps it.
  ///
  /// - Parameters:
  ///   - request: gives again what was given when it began.
  ///   - monitor: of the session.
  /// - Throws: ``RecipeError``, ``TrainingRequestError`` or `FileError`.
  init(resuming request: TrainingRequest, _ monitor: SessionMonitor) throws {
    let folder = request.files.model
    let file = try RecipeFile(folder: folder)
    if request.buildsVocabulary, !file.hasVocabulary { throw TrainingRequestError.missing(["--vocab"]) }
    if request.holdsOut, !file.hasHeldOutPairs {
      throw TrainingRequestError.missing(["--valid-source", "--valid-target"])
    }
    var completed = try request.completed(by: file.choices)
    if request.buildsVocabulary, file.hasVocabulary { completed.files.vocabulary = folder }
    let holdsOut = request.holdsOut && file.hasHeldOutPairs
    if holdsOut { completed.files.useHeldOutPairs() }
    try completed.validateSettings()
    self.init(
      request: completed, choices: file.choices.map { request.applied($0, in: completed) },
      hasHeldOutPairs: holdsOut)
    monitor.note(.choicesFound(path: "\(folder)/\(RecipeFile.name)"))
  }
}

extension FilesRequest {
  /// Validates on what was held out.
  mutating func useHeldOutPairs() {
    let paths = RecipeFile.heldOutPaths(in: model)
    (validSource, validTarget) = ([paths.source], [paths.target])
  }
}

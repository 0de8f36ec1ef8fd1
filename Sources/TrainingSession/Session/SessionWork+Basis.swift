import Files
import Text

/// What a training is built on: its settings, its vocabulary and its starting model.
struct TrainingBasis {
  let settings: TrainingSettings
  let pipeline: TextPipeline
  /// nil: weights are initialized at random.
  var start: StartingModel?
  /// Keeps other trainings out of the model folder.
  let lock: FolderLock
}

extension SessionWork {
  /// The basis from the settings given; the model folder is claimed only after everything is known to fit.
  func givenBasis() throws -> TrainingBasis {
    let start = try StartingModel.find(request)
    // A student uses its teacher's vocabulary unless another is given.
    let given =
      request.files.vocabulary.isEmpty && request.start.folder == nil
      ? request.distillation.teacher ?? "" : request.files.vocabulary
    let pipeline = try start?.pipeline(given: given) ?? TextPipeline(folder: given)
    let folder = given.isEmpty ? start?.folder ?? "" : given
    var context = ResolutionContext(pipeline, folder: folder)
    context.start = start
    let settings = try request.resolved(context)
    let lock = try OutputFolder.claim(request.files)
    return TrainingBasis(settings: settings, pipeline: pipeline, start: start, lock: lock)
  }

  /// The basis that the preset `auto` chooses; the model folder is claimed before the text is read.
  func automaticBasis() throws -> TrainingBasis {
    let recipe: ChosenRecipe
    let lock: FolderLock
    if request.files.resume {
      recipe = try ChosenRecipe(resuming: request, monitor)
      lock = try OutputFolder.claim(request.files)
    } else {
      lock = try OutputFolder.claim(request.files)
      var automatic = try AutomaticRecipe(request, monitor)
      recipe = try automatic.make()
    }
    let folder = recipe.request.files.vocabulary
    let pipeline = try TextPipeline(folder: folder)
    var context = ResolutionContext(pipeline, folder: folder)
    (context.choices, context.leavesOutValidation) = (recipe.choices, recipe.hasHeldOutPairs)
    return TrainingBasis(settings: try recipe.request.resolved(context), pipeline: pipeline, lock: lock)
  }
}

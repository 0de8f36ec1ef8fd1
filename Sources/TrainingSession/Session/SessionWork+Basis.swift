import CorpusShards
import Files
import Text
import Training

/// What a training is built on: its settings, its vocabulary and its starting model.
struct TrainingBasis {
  let settings: TrainingSettings
  let pipeline: TextPipeline
  /// nil: weights are initialized at random.
  var start: StartingModel?
  /// Where text comes from that was not given as text.
  let conversions: [CorpusConversion.Record]
  /// Keeps other trainings out of the model folder; nil in all processes but the first.
  let lock: FolderLock?
}

extension SessionWork {
  /// The basis from the settings given; the model folder is claimed only after everything is known to fit.
  func givenBasis() throws -> TrainingBasis {
    var start = try StartingModel.find(request)
    let addition = request.files.resume ? nil : try VocabularyAddition(request.start)
    // A student uses its teacher's vocabulary unless another is given.
    let given =
      request.files.vocabulary.isEmpty && request.start.folder == nil
      ? request.distillation.teacher ?? "" : request.files.vocabulary
    let pipeline = try start?.pipeline(given: given) ?? TextPipeline(folder: given)
    let folder = given.isEmpty ? start?.folder ?? "" : given
    var context = ResolutionContext(pipeline, folder: folder)
    context.start = start
    var settings = try request.resolved(context)
    if let prepared = settings.corpora.prepared {
      try PreparedCorpus(folder: prepared.folder).require(pipeline, in: folder)
    }
    if let addition, request.start.extendsVocabulary { _ = try pipeline.extended(by: addition.given) }
    let lock = try preparedByFirst { try OutputFolder.claim(request.files) }
    let conversions = try convert(pipeline.settings)
    if let addition, let extended = try start.flatMap({ try extend($0, by: addition) }) {
      context = ResolutionContext(extended.pipeline, folder: folder)
      (context.start, start) = (extended, extended)
      settings = try request.resolved(context)
    }
    return TrainingBasis(
      settings: settings, pipeline: start?.record.added == nil ? pipeline : start?.pipeline ?? pipeline,
      start: start, conversions: conversions, lock: lock)
  }

  /// The starting model with the tokens that were asked for; nil if none were.
  private func extend(_ start: StartingModel, by addition: VocabularyAddition) throws -> StartingModel? {
    let asked = request.start
    guard asked.extendsVocabulary else { return nil }
    var tokens = addition.given
    if asked.extendVocabulary.contains(StartRequest.automatic) {
      try request.files.requireFiles(for: "'--extend-vocab auto'", readsTargets: true)
      var unknown = UnknownParts(start.pipeline, threads: request.machine.threads)
      let tags = request.corpora.trainTags(files: request.files.trainSource.count)
      for (path, tag) in zip(request.files.trainSource, tags) {
        try unknown.count(path, .source, hasTags: tag == nil, monitor)
      }
      for path in request.files.trainTarget { try unknown.count(path, .target, hasTags: false, monitor) }
      tokens.source += unknown.frequent(.source, minimum: asked.extendCount)
      tokens.target += unknown.frequent(.target, minimum: asked.extendCount)
    }
    let extended = try start.extended(by: tokens, asked: VocabularyAddition.Record(asked))
    if let added = extended.record.added {
      monitor.note(.extended(source: added.source, target: added.target, isShared: start.pipeline.isJoint))
    }
    return extended
  }

  /// What the preset `auto` chooses in the first process, for all of them.
  ///
  /// The others read what it wrote: what they would measure themselves could be something else.
  private func makeRecipe() throws -> ChosenRecipe {
    let made = try preparedByFirst {
      var recipe = try AutomaticRecipe(request, monitor, processes: reducer.processCount)
      return try recipe.make()
    }
    return try reducer.together { try made ?? ChosenRecipe(writtenFor: request) }
  }

  /// The basis that the preset `auto` chooses; the model folder is claimed before the text is read.
  func automaticBasis() throws -> TrainingBasis {
    let recipe: ChosenRecipe
    let lock: FolderLock?
    let conversions: [CorpusConversion.Record]
    let given = request.buildsVocabulary ? nil : try TextPipeline(folder: request.files.vocabulary).settings
    if request.files.resume {
      recipe = try ChosenRecipe(resuming: request, monitor)
      lock = try preparedByFirst { try OutputFolder.claim(request.files) }
      conversions = try convert(given)
    } else {
      lock = try preparedByFirst { try OutputFolder.claim(request.files) }
      conversions = try convert(given)
      recipe = try makeRecipe()
    }
    let folder = recipe.request.files.vocabulary
    let pipeline = try TextPipeline(folder: folder)
    var context = ResolutionContext(pipeline, folder: folder)
    (context.choices, context.leavesOutValidation) = (recipe.choices, recipe.hasHeldOutPairs)
    return TrainingBasis(
      settings: try recipe.request.resolved(context), pipeline: pipeline, conversions: conversions, lock: lock
    )
  }
}

import Models
package import Text
import Tokens
import Training

/// What resolving a request needs besides the request itself.
package struct ResolutionContext {
  /// Size of the source vocabulary.
  package var sourceVocabulary: Int
  /// Size of the target vocabulary.
  package var targetVocabulary: Int
  /// Whether both sides share one vocabulary.
  package var isJoint: Bool
  /// The ids of special tokens.
  var specialTokens = SpecialTokens.standard
  /// The folder that the vocabulary was read from.
  package var vocabularyFolder: String
  /// The model to start from.
  var start: StartingModel?
  /// What the preset `auto` chose.
  var choices: [AppliedChoice] = []
  /// Whether the validation text was held out of the training text.
  var leavesOutValidation = false

  /// The context for a vocabulary that was read from a folder.
  package init(_ pipeline: TextPipeline, folder: String) {
    self.init(
      sourceVocabulary: pipeline.vocabularySize(.source), targetVocabulary: pipeline.vocabularySize(.target),
      isJoint: pipeline.isJoint, vocabularyFolder: folder)
    specialTokens = pipeline.specialTokens
  }

  /// The context for vocabularies of the given sizes.
  package init(sourceVocabulary: Int, targetVocabulary: Int, isJoint: Bool, vocabularyFolder: String) {
    (self.sourceVocabulary, self.targetVocabulary) = (sourceVocabulary, targetVocabulary)
    (self.isJoint, self.vocabularyFolder) = (isJoint, vocabularyFolder)
  }
}

extension TrainingRequest {
  /// Resolves the request into settings.
  ///
  /// - Parameter context: vocabulary, starting model, choices.
  /// - Returns: the settings, which never change afterwards.
  /// - Throws: ``TrainingRequestError`` if settings do not fit the vocabulary or the starting model.
  package func resolved(_ context: ResolutionContext) throws(TrainingRequestError) -> TrainingSettings {
    var model = try configuration(context)
    if let guided = alignmentInUse.guidedAlignment, model.isAutoregressive {
      model.alignmentHeads = guided.alignmentHeads(layers: model.decoderLayers)
    }
    var outline = outline
    if context.start != nil {
      outline = ModelOutline(ofTrained: model)
      try validate(for: outline)
    }
    let given = trainFiles
    let distillation =
      DistillationSettings(self.distillation, files: given, model: files.model)
      ?? DistillationSettings(replay: start, model: files.model)
    let train = distillation?.replacingTargets(of: given) ?? given
    let alignment = AlignmentSettings(alignmentInUse, model: files.model, isStudent: isStudent)
    return TrainingSettings(
      folder: files.model, isResumed: files.resume, vocabularyFolder: context.vocabularyFolder,
      corpora: corporaSettings(
        train: alignment?.adding(to: train) ?? train, maxLength: maxLength(model, context),
        leavesOutValidation: context.leavesOutValidation),
      model: model, trainer: trainerOptions(outline), givenShards: machine.shards,
      givenProducts: machine.float32Products, plan: plan,
      validation: ValidationSettings(
        validation, files: validFiles, model: files.model, threads: machine.threads,
        showsSamples: records.showsSamples),
      records: records, distillation: distillation, alignment: alignment, maxMemory: machine.maxMemory,
      regularization: regularization.record(alignmentInUse), choices: context.choices)
  }

  private func configuration(_ context: ResolutionContext) throws(TrainingRequestError) -> ModelConfiguration
  {
    if let start = context.start { return try configuration(of: start) }
    var configuration = try configuration(
      sourceVocabulary: context.sourceVocabulary, targetVocabulary: context.targetVocabulary,
      isJoint: context.isJoint)
    let startsWithZeros = configuration.specialTokens.beginning == SpecialTokens.absent
    configuration.specialTokens = context.specialTokens
    if startsWithZeros { configuration.specialTokens.beginning = SpecialTokens.absent }
    return configuration
  }

  /// Sentences must fit in the starting model's table of learned positions.
  private func maxLength(_ model: ModelConfiguration, _ context: ResolutionContext) -> Int {
    guard context.start != nil, model.positions == .learned else { return batches.maxLength }
    return min(batches.maxLength, model.maxPositions - 1)
  }

  /// Whether the model is a student, which gets a lexical shortlist with its alignments.
  private var isStudent: Bool { architecture.preset == .student && start.folder == nil }

  private var trainFiles: [TextFiles] {
    let alignments = alignmentInUse
    let tags = corpora.trainTags(files: files.trainSource.count)
    return zip(files.trainSource, files.trainTarget).enumerated().map { index, paths in
      TextFiles(
        source: paths.0, target: paths.1,
        weight: corpora.trainWeight.isEmpty ? 1 : corpora.trainWeight[index],
        tag: tags[index],
        alignment: alignments.files.isEmpty || alignments.isAutomatic ? nil : alignments.files[index])
    }
  }

  private var validFiles: [TextFiles] {
    let tags = corpora.validTags(files: files.validSource.count)
    return zip(files.validSource, files.validTarget).enumerated().map { index, paths in
      TextFiles(source: paths.0, target: paths.1, tag: tags[index])
    }
  }

  private func corporaSettings(
    train: [TextFiles], maxLength: Int, leavesOutValidation: Bool
  ) -> CorporaSettings {
    CorporaSettings(
      train: train,
      prepared: files.trainCorpus.isEmpty
        ? nil : PreparedCorpusSettings(folder: files.trainCorpus, windowPairs: batches.corpusWindow),
      valid: validFiles, leavesOutValidation: leavesOutValidation, maxLength: maxLength,
      batchTokens: batches.tokens, bpeDropout: regularization.bpeDropout,
      copyUnknowns: regularization.copyUnknowns, trainSpans: regularization.trainSpans,
      annotateTerms: regularization.annotateTerms,
      seed: batches.seed, threads: machine.threads)
  }

  private func trainerOptions(_ outline: ModelOutline) -> TrainerOptions {
    var options = TrainerOptions()
    (options.seed, options.threads) = (batches.seed, machine.threads)
    options.shards = machine.shards ?? machine.threads
    options.labelSmoothing = Float(regularization.labelSmoothing)
    options.regularization = regularization.training(alignmentInUse)
    options.frozen = Set(start.freeze)
    options.nonautoregressive = decoder.training(updates: stopping.maxUpdates)
    options.clipNorm = optimizer.clipNorm
    options.sharesOptimizer = optimizer.isShared
    options.averageDecay = Float(averages.decay)
    options.precision = machine.precision
    options.float32Products = machine.chosenProducts
    options.schedule = schedule.makeSchedule(for: outline, maxUpdates: stopping.maxUpdates)
    options.optimizer = optimizer.makeOptimizer()
    options.isProfiled = machine.profile
    options.measuresLayerNorms = records.tensorBoard != nil
    return options
  }

  /// The plan without its fingerprint, which depends on the text.
  private var plan: TrainingPlan {
    var plan = TrainingPlan(folder: files.model, fingerprint: "")
    (plan.maxUpdates, plan.maxEpochs) = (stopping.maxUpdates, stopping.maxEpochs)
    plan.timeBudget = stopping.timeBudget?.inSeconds
    (plan.validateEvery, plan.patience) = (stopping.validateEvery, stopping.patience)
    plan.selection = validation.selection
    plan.selection.target = stopping.targetScore
    plan.batchesPerUpdate = batches.accumulate
    (plan.keptCheckpoints, plan.averageLast) = (averages.keptCheckpoints, averages.last ?? 0)
    plan.keepEvery = averages.keepEvery ?? .epochs(1)
    plan.skipLimit = optimizer.skipLimit
    (plan.logEvery, plan.checkpointEvery) = (stopping.logEvery, stopping.checkpointEvery.inSeconds)
    return plan
  }
}

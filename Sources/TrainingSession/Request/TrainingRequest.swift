/// A request for a training: the settings that were given, and defaults for the rest.
///
///     var request = TrainingRequest(vocabulary: "vocab", model: "model")
///     (request.files.trainSource, request.files.trainTarget) = (["train.en"], ["train.de"])
///     (request.files.validSource, request.files.validTarget) = (["valid.en"], ["valid.de"])
///     request.stopping.timeBudget = .seconds(1800)
///
/// Each part is a group of options of `train-translation`, whose `--help-all` explains the settings in detail. A
/// session resolves the request into ``TrainingSettings``, in which every setting is final.
public struct TrainingRequest: Sendable, Equatable {
  /// Text, vocabulary and model folder.
  public var files = FilesRequest()
  /// Weights and tags of several corpora.
  public var corpora = CorporaRequest()
  /// The model to start from.
  public var start = StartRequest()
  /// The teacher whose translations are learned.
  public var distillation = DistillationRequest()
  /// The architecture.
  public var architecture = ArchitectureRequest()
  /// The decoders.
  public var decoder = DecoderRequest()
  /// Regularization.
  public var regularization = RegularizationRequest()
  /// The learning-rate schedule.
  public var schedule = ScheduleRequest()
  /// The optimizer.
  public var optimizer = OptimizerRequest()
  /// Batches and the seed.
  public var batches = BatchRequest()
  /// Averages of weights.
  public var averages = AverageRequest()
  /// When to stop, validate and save.
  public var stopping = StoppingRequest()
  /// Guided alignment.
  public var alignment = AlignmentRequest()
  /// Metrics, and what they decide.
  public var validation = ValidationRequest()
  /// What is recorded to watch the training.
  public var records = RecordRequest()
  /// Threads, memory, precision.
  public var machine = MachineRequest()
  /// The vocabulary that the preset `auto` builds.
  public var vocabulary = VocabularyRequest()
  /// The command line of the program, for `training.json` and for resuming without repeating it.
  public var command = CommandLine.arguments

  /// The defaults, without text or folders.
  public init() {}

  /// The defaults.
  ///
  /// - Parameters:
  ///   - vocabulary: the folder that `build-vocab` wrote.
  ///   - model: the folder for everything that is written.
  public init(vocabulary: String, model: String) {
    (files.vocabulary, files.model) = (vocabulary, model)
  }

  /// Checks that the settings fit together, as far as is known before text and models are read.
  ///
  /// Ranges of single numbers are not checked; the options of `train-translation` do that.
  ///
  /// - Throws: ``TrainingRequestError``, whose message names the settings as the command does.
  public func validate() throws(TrainingRequestError) {
    guard missing.isEmpty else { throw .missing(missing) }
    try validateRanges()
    try files.validate()
    try machine.validate()
    try records.validate()
    try vocabulary.validate(in: self)
    try validateSettings()
  }

  /// Checks what applies both to given settings and to those that ``PresetName/auto`` chose.
  func validateSettings() throws(TrainingRequestError) {
    try validatePreparedCorpus()
    try corpora.validate(in: self)
    try start.validate(in: self)
    try distillation.validate(in: self)
    try decoder.validate(in: self)
    try optimizer.validate(in: self)
    // The size of a starting model is not known yet.
    if start.folder == nil { try validate(for: outline) }
    try averages.validate()
    try validation.validate(in: self)
    try stopping.validate(validation.bestBy)
  }

  /// Checks what depends on the size of the model.
  func validate(for model: ModelOutline) throws(TrainingRequestError) {
    try regularization.validate(for: model)
    try schedule.validate(for: model, in: self)
    try alignmentInUse.validate(for: model, in: self)
  }

  /// Required settings that are missing.
  private var missing: [String] {
    let needed: [(option: String, isMissing: Bool)] = [
      (
        "--vocab",
        files.vocabulary.isEmpty && !isAutomatic && start.folder == nil && distillation.teacher == nil
      ),
      ("--train-source", files.trainSource.isEmpty && !files.hasOtherTraining),
      ("--train-target", files.trainTarget.isEmpty && !files.hasOtherTraining),
      ("--valid-source", files.validSource.isEmpty && files.valid.isEmpty && !isAutomatic),
      ("--valid-target", files.validTarget.isEmpty && files.valid.isEmpty && !isAutomatic),
      ("--model", files.model.isEmpty),
    ]
    return needed.filter(\.isMissing).map(\.option)
  }
}

extension TrainingRequest {
  /// Whether settings are chosen from the text.
  var isAutomatic: Bool { architecture.preset == .auto }

  /// Whether the vocabulary is built from the training text, in the model folder.
  var buildsVocabulary: Bool { isAutomatic && files.vocabulary.isEmpty }

  /// Whether validation text is held out of the training text.
  var holdsOut: Bool { isAutomatic && files.validCount == 0 && files.validTarget.isEmpty }
}

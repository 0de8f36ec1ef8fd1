import CommandLineArguments
import TrainingOptions
import TrainingSession

/// The options of `train-translation`: a request, and options of the command alone.
struct TrainTranslationArguments: CommandArguments {
  var request = TrainingRequest()
  /// Whether to print what the preset `auto` would choose, and exit.
  var plan = false
  /// Where the finished model is written for Bergamot and Firefox; nil: nowhere.
  var bergamotFolder: String?

  static let groups: [OptionGroupReference<Self>] = [
    .group(\.request.files), .group(\.request.corpora), .group(\.request.start),
    .group(\.request.distillation), .group(\.request.architecture), .group(\.request.decoder),
    .group(\.request.regularization), .group(\.request.schedule), .group(\.request.optimizer),
    .group(\.request.batches), .group(\.request.averages), .group(\.request.stopping),
    .group(\.request.alignment), .group(\.request.validation),
    .group(\.request.records), .group(\.request.machine),
    .options("After the training", exportOptions), automaticOptions,
  ]

  private static let exportOptions: [Option<Self>] = [
    Option(
      "--export-bergamot", "folder",
      "also write the finished model for Bergamot and Firefox, in int8 and with its shortlist; needs a SentencePiece "
        + "vocabulary",
      \.bergamotFolder)
  ]

  /// With `--preset auto`, vocabulary and validation text may be made from the training text; another model brings its
  /// own vocabulary.
  func requires(_ property: PartialKeyPath<Self>) -> Bool {
    if property == \Self.request.files.vocabulary,
      request.start.folder != nil || request.distillation.teacher != nil
    {
      return false
    }
    let files = request.files
    if [\.request.files.trainSource, \.request.files.trainTarget].contains(property), files.hasOtherTraining {
      return false
    }
    if [\.request.files.validSource, \.request.files.validTarget].contains(property), !files.valid.isEmpty {
      return false
    }
    return request.architecture.preset != .auto
      || ![
        \.request.files.vocabulary, \.request.files.validSource, \.request.files.validTarget,
      ].contains(property)
  }

  func check(_ given: GivenOptions<Self>) throws(ArgumentError) {
    do throws(TrainingRequestError) {
      if plan { try request.validatePlan() }
      try request.validate()
    } catch {
      throw ArgumentError(error)
    }
  }
}

extension ArgumentError {
  /// An error in a request, as an error in the command line.
  init(_ error: TrainingRequestError) {
    self =
      switch error {
      case .missing(let options): .missingOptions(options)
      case .conflict(let message): .conflict(message)
      }
  }
}

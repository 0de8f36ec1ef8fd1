import CommandLineArguments
import Models
import Text
import Training

/// What a training starts with: architecture and weights.
extension TrainTranslation {
  /// The architecture: that of the model to start from, or what the options describe.
  static func configuration(
    _ arguments: inout TrainTranslationArguments, start: StartingModel?, pipeline: TextPipeline
  ) throws(ArgumentError) -> ModelConfiguration {
    guard let start else {
      var configuration = try arguments.configuration(
        sourceVocabulary: pipeline.vocabularySize(.source),
        targetVocabulary: pipeline.vocabularySize(.target), isJoint: pipeline.isJoint)
      configuration.specialTokens = pipeline.specialTokens
      return configuration
    }
    let configuration = try arguments.configuration(of: start)
    arguments.adoptSize(of: configuration)
    try arguments.validateSchedule()
    try arguments.validateAlignment()
    try arguments.validateRegularization(configuration)
    return configuration
  }

  static func makeTrainer(
    _ arguments: TrainTranslationArguments, _ configuration: ModelConfiguration, _ options: TrainerOptions,
    start: StartingModel?
  ) throws -> Trainer {
    let model = Transformer(configuration)
    // A resumed run has its weights in its checkpoint, wherever they came from.
    guard let start, !arguments.resume else { return Trainer(model, options: options) }
    let trainer = Trainer(
      model, options: options, parameters: try start.weights(of: model, seed: options.seed))
    try start.keep(in: arguments.model)
    let frozen = arguments.frozenParts.map(\.rawValue).joined(separator: ", ")
    say("starting from '\(start.record.folder)'" + (frozen.isEmpty ? "" : "; frozen: \(frozen)"))
    return trainer
  }
}

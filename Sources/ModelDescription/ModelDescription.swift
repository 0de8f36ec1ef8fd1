package import Models
internal import Training

/// What a model is, what it costs to train, to run and to store, and how fast this machine is with it.
///
/// Everything but ``speed`` follows from the architecture by arithmetic, so it is known before a model is trained. All
/// figures are in bytes, FLOP (a multiply-add counts as two) and seconds.
package struct ModelDescription: Codable, Sendable, Equatable {
  /// The shape of the network.
  package var architecture: ArchitectureDescription
  /// Vocabulary and languages; nil for a preset.
  package var text: TextDescription?
  /// How the model was trained; nil for a preset, and for a folder that does not say.
  package var origin: OriginDescription?
  /// The weights of a folder; nil for a preset.
  package var storedWeights: StoredWeights?
  /// The parameters by module; their counts add up to all parameters.
  package var parameters: [ParameterModule]
  /// Multiplications and additions.
  package var arithmetic: ArithmeticDescription
  /// Memory of training.
  package var trainingMemory: TrainingMemoryDescription
  /// Memory of translation.
  package var decodingMemory: DecodingMemoryDescription
  /// The size of files.
  package var disk: DiskDescription
  /// Measured speed; nil if nothing was measured.
  package var speed: SpeedDescription?

  /// The description of an architecture, without what a folder and a measurement would add.
  ///
  /// - Parameters:
  ///   - transformer: the architecture with its parameters.
  ///   - settings: batches, lengths and machine.
  package init(_ transformer: Transformer, settings: DescriptionSettings) {
    architecture = ArchitectureDescription(transformer.configuration)
    parameters = ParameterModule.all(of: transformer, frozen: settings.trainer.frozen)
    arithmetic = ArithmeticDescription(
      ModelArithmetic(transformer.configuration), length: settings.length)
    trainingMemory = TrainingMemoryDescription(transformer, settings)
    decodingMemory = DecodingMemoryDescription(transformer, settings)
    disk = DiskDescription(transformer, settings.trainer)
  }

  /// The number of all parameters.
  package var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

  private enum CodingKeys: String, CodingKey {
    case architecture, text, origin, parameters, arithmetic, disk, speed
    case storedWeights = "stored_weights"
    case trainingMemory = "training_memory"
    case decodingMemory = "decoding_memory"
  }
}

/// The weights that a folder holds.
package struct StoredWeights: Codable, Sendable, Equatable {
  /// The types of its matrices.
  package var types: [String]
  /// Bytes of all numbers with their scales.
  package var bytes: Int
}

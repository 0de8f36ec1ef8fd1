public import Models
public import Training

/// What a training will do: every setting, whether it was given, chosen or left to its default.
///
/// Made once from a ``TrainingRequest``, when vocabulary and starting model are known; nothing changes it afterwards.
public struct TrainingSettings: Sendable {
  /// The folder for everything that is written.
  public let folder: String
  /// Whether a training that was interrupted resumes.
  public let isResumed: Bool
  /// The folder that the vocabulary was read from.
  public let vocabularyFolder: String
  /// Text and what is done to it.
  public let corpora: CorporaSettings
  /// The architecture.
  public let model: ModelConfiguration
  /// How a batch becomes an update; the shards of a run that is resumed are those of its checkpoint.
  public let trainer: TrainerOptions
  /// Parts of a batch, where they were given.
  public let givenShards: Int?
  /// When to stop, validate and save.
  public let plan: TrainingPlan
  /// How the model is scored.
  public let validation: ValidationSettings
  /// The teacher whose translations are learned; nil: the translations given are.
  public let distillation: DistillationSettings?
  /// Bytes of the whole process at most; nil: what the machine has.
  public let maxMemory: Int?
  /// R-Drop and what else acts on training alone, by the names in `training.json`; nil for nothing.
  public let regularization: [String: Double]?
  /// What the preset `auto` chose; empty without it.
  public let choices: [AppliedChoice]

  /// Parts of the weights that stay as they are.
  public var frozen: [ModelPart] { ModelPart.allCases.filter(trainer.frozen.contains) }
}

public import Models
public import Training

/// Every setting of a training, whether it was given, chosen or left at its default.
///
/// Resolved once from a ``TrainingRequest``, when vocabulary and starting model are known; never changes afterwards.
public struct TrainingSettings: Sendable {
  /// The output folder.
  public let folder: String
  /// Whether an interrupted training is resumed.
  public let isResumed: Bool
  /// The folder that the vocabulary was read from.
  public let vocabularyFolder: String
  /// The text, and how it is processed.
  public let corpora: CorporaSettings
  /// The architecture.
  public let model: ModelConfiguration
  /// How a batch becomes an update; a resumed run takes its shards from its checkpoint unless ``givenShards`` is set.
  public let trainer: TrainerOptions
  /// Number of shards per batch; nil unless it was given.
  public let givenShards: Int?
  /// How products of float32 are computed; nil unless it was given.
  public let givenProducts: MachineRequest.Products?
  /// When to stop, validate and save; the fingerprint is empty here, since it depends on the text.
  public let plan: TrainingPlan
  /// How the model is scored.
  public let validation: ValidationSettings
  /// What is recorded besides the log.
  public let records: RecordRequest
  /// The teacher whose translations are learned; nil if the given translations are.
  public let distillation: DistillationSettings?
  /// The word alignments that the session makes; nil if attention is not guided, or by given ones.
  public let alignment: AlignmentSettings?
  /// Memory limit of the process in bytes; nil: what the machine has.
  public let maxMemory: Int?
  /// R-Drop and other regularization that affects only training, by its names in `training.json`; nil for none.
  public let regularization: [String: Double]?
  /// What the preset `auto` chose; empty without it.
  public let choices: [AppliedChoice]

  /// Frozen parts of the weights.
  public var frozen: [ModelPart] { ModelPart.allCases.filter(trainer.frozen.contains) }
}

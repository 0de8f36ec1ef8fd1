/// When to stop, validate, log and save; the limit reached first ends the run.
public struct TrainingPlan: Sendable {
  /// The limit of updates; nil for no limit.
  public var maxUpdates: Int?
  /// The limit of passes over the corpus; nil for no limit.
  public var maxEpochs: Int?
  /// The limit of seconds of training, including validation; nil for no limit.
  public var timeBudget: Double?
  /// How much of the time budget the warm-up may take, unless the schedule itself follows the budget.
  public var warmupLimit = WarmupLimit.standard
  /// The interval between validations; 0 turns off all but the last one.
  public var validateEvery: TrainingInterval = 500
  /// Whether the weights that the run starts from are validated as update 0, so that they are kept if training makes
  /// nothing better of them.
  public var validatesStart = false
  /// Validations without a better score after which training stops; 0 turns early stopping off.
  public var patience = 10
  /// How models are compared, and which are kept.
  public var selection = ModelSelection()
  /// The number of batches whose gradients are summed for one update; at the end of an epoch there may be fewer.
  public var batchesPerUpdate = 1
  /// How many of the newest weights are kept for averaging, see ``KeptWeights``; 0 for none.
  public var keptCheckpoints = 0
  /// The interval between kept weights.
  public var keepEvery = TrainingInterval.epochs(1)
  /// How many of the newest kept weights are averaged when training ends; 0 for none.
  ///
  /// The average becomes the model if it is better.
  public var averageLast = 0
  /// Updates between two log lines; 0 turns them off.
  public var logEvery = 50
  /// The minimum number of seconds between two checkpoints.
  public var checkpointEvery = 300.0
  /// The number of consecutive skipped updates after which the run rolls back.
  public var skipLimit = 10
  /// How often a diverging run rolls back, each time halving the learning rate, before it ends.
  public var maxRollbacks = 3
  /// The folder that everything is written to.
  public var folder: String
  /// A description of what must not change between the parts of a run.
  public var fingerprint: String

  /// A plan without limits.
  public init(folder: String, fingerprint: String) {
    (self.folder, self.fingerprint) = (folder, fingerprint)
  }

  /// The checkpoint that an interrupted run resumes from, unless it is damaged; see ``CheckpointFiles``.
  public var checkpointPath: String { CheckpointFiles(modelFolder: folder).last }
}

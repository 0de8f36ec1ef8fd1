/// When to stop, to validate, to log and to save: whichever limit comes first ends the run.
public struct TrainingPlan: Sendable {
  /// Updates in all; nil is no limit.
  public var maxUpdates: Int?
  /// Passes over the corpus; nil is no limit.
  public var maxEpochs: Int?
  /// Seconds of training in all, validation included; nil is no limit.
  public var timeBudget: Double?
  /// From one validation to the next; 0 turns them off, but for the last one.
  public var validateEvery: TrainingInterval = 500
  /// Validations without a better score after which training stops; 0 turns early stopping off.
  public var patience = 10
  /// What a better score is, and what is done with its model.
  public var selection = ModelSelection()
  /// Batches whose gradients are added up to one update; at the end of an epoch fewer may be left.
  public var batchesPerUpdate = 1
  /// Newest weights that are kept in files of their own, see ``KeptWeights``; 0: none.
  public var keptCheckpoints = 0
  /// From one of them to the next.
  public var keepEvery = TrainingInterval.epochs(1)
  /// Newest kept weights whose average is tried when training ends: it becomes the model if it is better; 0: none.
  public var averageLast = 0
  /// Updates between two lines of the log; 0 turns them off.
  public var logEvery = 50
  /// Seconds between two checkpoints to resume from, at least.
  public var checkpointEvery = 300.0
  /// Batches in a row whose gradient is NaN or infinite that bring a checkpoint back.
  public var skipLimit = 10
  /// Times that a run that diverges goes on from a checkpoint with half the learning rate, before it ends.
  public var maxRollbacks = 3
  /// The folder for everything that is written.
  public var folder: String
  /// What must not change between the parts of a run, in words.
  public var fingerprint: String

  /// A plan without limits.
  public init(folder: String, fingerprint: String) {
    (self.folder, self.fingerprint) = (folder, fingerprint)
  }

  /// The checkpoint that an interrupted run goes on from, unless it is damaged; see ``CheckpointFiles``.
  public var checkpointPath: String { CheckpointFiles(modelFolder: folder).last }
}

/// Why a run ended.
public enum TrainingEnd: Sendable, Equatable {
  /// The limit of updates.
  case maxUpdates
  /// The limit of epochs.
  case maxEpochs
  /// The time was up.
  case timeBudget
  /// No better score for so many validations.
  case noProgress
  /// Somebody asked for it.
  case interrupted
  /// It diverged, and going back with half the learning rate did not help.
  case diverged(Divergence)

  /// Whether the run came to an end of its own, after which there is something to look back on.
  var isComplete: Bool { self != .interrupted && !isDiverged }

  /// Whether there is nothing to go on from but earlier checkpoints.
  var isDiverged: Bool { if case .diverged = self { true } else { false } }
}

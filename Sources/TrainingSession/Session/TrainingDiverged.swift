public import Training

/// A training that diverged, because of a high learning rate or because of its text.
public struct TrainingDiverged: Error, CustomStringConvertible {
  /// How the divergence was detected.
  public let divergence: Divergence
  /// Number of rollbacks to a checkpoint.
  public let rollbacks: Int

  /// What happened, what was tried, and what to do.
  public var description: String {
    let tried = rollbacks == 1 ? "half the learning rate" : "halving the learning rate \(rollbacks) times"
    return "the training diverged: \(divergence.words)"
      + (rollbacks > 0 ? "; \(tried) did not help" : "; there was no good checkpoint to roll back to")
      + "; try a lower --learning-rate, a longer --warmup or --norm pre, with --overwrite; if it always happens "
      + "at the same batch, look at its lines of text"
  }
}

public import Training

/// A training that came to nothing: the learning rate was too high, or something in the text is.
public struct TrainingDiverged: Error, CustomStringConvertible {
  /// What showed it.
  public let divergence: Divergence
  /// Times that it rolled back to a checkpoint.
  public let rollbacks: Int

  /// What happened, what was tried, what to do.
  public var description: String {
    let tried = rollbacks == 1 ? "half the learning rate" : "halving the learning rate \(rollbacks) times"
    return "the training diverged: \(divergence.words)"
      + (rollbacks > 0 ? "; \(tried) did not help" : "; there was no good checkpoint to go back to")
      + "; try a lower --learning-rate, a longer --warmup or --norm pre, with --overwrite; if it always happens "
      + "at the same batch, look at its lines of text"
  }
}

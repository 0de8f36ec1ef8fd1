/// What a running check does.
public struct CheckProgress: Sendable {
  /// A pass over the files.
  public enum Phase: Sendable {
    /// The beginning of the text is read.
    case sampling
    /// Validation and test text.
    case heldOut
    /// The training text.
    case pairs
    /// Words and their translations.
    case learning
    /// How well pairs fit.
    case aligning
    /// The cleaned text.
    case cleaning
  }

  /// The pass.
  public let phase: Phase
  /// Pairs that are done in this pass.
  public let pairs: Int
  /// Pairs of the pass, if they are known.
  public let total: Int?

  init(_ phase: Phase, _ pairs: Int = 0, of total: Int? = nil) {
    (self.phase, self.pairs, self.total) = (phase, pairs, total)
  }
}

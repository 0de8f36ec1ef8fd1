/// What the loss of a batch is made of, beside its sentences.
public struct TrainingObjective: Sendable {
  /// ε of the cross-entropy.
  public var labelSmoothing: Float
  /// What else keeps the model from learning the batch by heart, on a training tape.
  public var regularization: Regularization
  /// The share of a first draft's errors for which right tokens are shown, see
  /// ``NonautoregressiveTraining/glancing``.
  public var glancing: Float
  /// Whether the loss is that of the decoder that predicts all tokens at once alone, as where nothing else learns.
  public var leavesOutAutoregressive: Bool

  /// An objective; the likelihood alone where all is left out.
  public init(
    labelSmoothing: Float = 0, regularization: Regularization = Regularization(), glancing: Float = 0,
    leavesOutAutoregressive: Bool = false
  ) {
    (self.labelSmoothing, self.regularization) = (labelSmoothing, regularization)
    (self.glancing, self.leavesOutAutoregressive) = (glancing, leavesOutAutoregressive)
  }
}

/// What the loss of a batch is made of, beside its sentences.
public struct TrainingObjective: Sendable {
  /// ε of the cross-entropy.
  public var labelSmoothing: Float
  /// What else keeps the model from learning the batch by heart, on a training tape.
  public var regularization: Regularization
  /// The share of a first draft's errors for which right tokens are shown, see
  /// ``NonautoregressiveTraining/glancing``.
  public var glancing: Float
  /// Parts whose weights stay as they are: what is made of them alone gets no derivatives.
  public var frozen: Set<ModelPart>

  /// An objective; the likelihood alone where all is left out.
  public init(
    labelSmoothing: Float = 0, regularization: Regularization = Regularization(), glancing: Float = 0,
    frozen: Set<ModelPart> = []
  ) {
    (self.labelSmoothing, self.regularization) = (labelSmoothing, regularization)
    (self.glancing, self.frozen) = (glancing, frozen)
  }

  /// Whether nothing learns from what the encoder makes of a batch.
  var freezesEncoder: Bool { frozen.isSuperset(of: [.embeddings, .encoder]) }

  /// Whether nothing is left that the decoder which predicts token by token could learn.
  var freezesAutoregressive: Bool { frozen.isSuperset(of: [.embeddings, .encoder, .decoder]) }
}

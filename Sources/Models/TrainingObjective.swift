/// What the loss of a batch consists of.
public struct TrainingObjective: Sendable {
  /// ε of the cross-entropy.
  public var labelSmoothing: Float
  /// Additional objectives and protections against overfitting, on a training tape.
  public var regularization: Regularization
  /// The fraction of a first draft's errors for which correct tokens are shown, see
  /// ``NonautoregressiveTraining/glancing``.
  public var glancing: Float
  /// Parts whose weights do not change; results that depend only on them get no derivatives.
  public var frozen: Set<ModelPart>

  /// An objective; by default, the likelihood alone.
  public init(
    labelSmoothing: Float = 0, regularization: Regularization = Regularization(), glancing: Float = 0,
    frozen: Set<ModelPart> = []
  ) {
    (self.labelSmoothing, self.regularization) = (labelSmoothing, regularization)
    (self.glancing, self.frozen) = (glancing, frozen)
  }

  /// Whether the encoder's output needs no derivatives, since everything it depends on is frozen.
  var freezesEncoder: Bool { frozen.isSuperset(of: [.embeddings, .encoder]) }

  /// Whether the autoregressive decoder and everything it reads are frozen.
  func freezesAutoregressive(_ model: ModelConfiguration) -> Bool {
    let hasOutput = model.hasOutputBias || !model.tying.sharesOutput
    return frozen.isSuperset(of: [.embeddings, .encoder, .decoder] + (hasOutput ? [.output] : []))
  }
}

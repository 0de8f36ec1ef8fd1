internal import Autodiff
public import Models
public import Tensors

/// What a trainer must know beside the model.
public struct TrainerOptions: Sendable {
  /// Draws initial weights, dropout and the order of batches.
  public var seed: UInt64 = 1
  /// Parts that each batch is cut into, over all processes together; the result depends on it.
  public var shards = 1
  /// Threads that work on the shards; the result does not depend on it.
  public var threads = 1
  /// Floats that the activations of a shard take at most; nil: what ``defaultActivationLimit(_:)`` says.
  ///
  /// A shard that needs more is worked on in pieces, one after another, whose gradients are added up. The result
  /// depends on it.
  public var activationLimit: Int?
  /// ε of the label-smoothed cross-entropy.
  public var labelSmoothing: Float = 0.1
  /// R-Drop, guided alignment and what else acts on training alone.
  public var regularization = Regularization()
  /// Of a decoder that predicts all tokens at once.
  public var nonautoregressive = NonautoregressiveTraining()
  /// What the factors of matrix products are rounded to.
  ///
  /// - Precondition: this processor has it; see ``MatrixPrecision/problem``.
  public var precision = MatrixPrecision.float32
  /// The gradient's global norm is cut down to this; 0 turns clipping off.
  public var clipNorm = 1.0
  /// The learning rate of every update.
  public var schedule = LearningRateSchedule(peak: 5e-4, warmup: 4000)
  /// The rule of the updates, with its settings.
  public var optimizer: any Optimizer = Adam()
  /// Parts whose weights stay as they are, to the bit: no updates, no weight decay, and no say in the norm that is
  /// clipped.
  ///
  /// Their derivatives are not computed; nor is anything derived through an encoder that is frozen with the embeddings
  /// below it.
  public var frozen: Set<ModelPart> = []
  /// Decay of the moving average of weights that is validated and saved; 0 turns it off.
  ///
  /// Source: Polyak and Juditsky 1992; as `--exponential-smoothing` in Marian.
  public var averageDecay: Float = 0.999
  /// Whether ``Trainer/profile`` is kept; the result does not depend on it.
  public var isProfiled = false

  /// The defaults.
  public init() {}

  /// What the loss of an update is made of, counted from 1.
  func objective(update: Int) -> TrainingObjective {
    TrainingObjective(
      labelSmoothing: labelSmoothing, regularization: regularization,
      glancing: nonautoregressive.glancing.share(update: update),
      frozen: frozen)
  }
}

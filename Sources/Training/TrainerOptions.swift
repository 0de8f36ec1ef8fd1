internal import Autodiff
public import Models
public import Tensors

/// The settings of a ``Trainer``.
public struct TrainerOptions: Sendable {
  /// The seed of initial weights, dropout and the order of batches.
  public var seed: UInt64 = 1
  /// Shards that each batch is cut into, over all processes together; the result depends on it.
  public var shards = 1
  /// The number of threads; the result does not depend on it.
  public var threads = 1
  /// The limit on the activations of a shard, in floats; nil for ``defaultActivationLimit(_:)``.
  ///
  /// A shard that needs more is computed in pieces, one after another, and their gradients are summed. The result
  /// depends on this limit.
  public var activationLimit: Int?
  /// ε of the label-smoothed cross-entropy.
  public var labelSmoothing: Float = 0.1
  /// R-Drop, guided alignment and other techniques that affect training only.
  public var regularization = Regularization()
  /// Settings of a non-autoregressive decoder.
  public var nonautoregressive = NonautoregressiveTraining()
  /// The precision that the factors of matrix products are rounded to.
  ///
  /// - Precondition: this processor supports it; see `MatrixPrecision.problem`.
  public var precision = MatrixPrecision.float32
  /// How products are computed if ``precision`` is float32; the result depends on it only through rounding.
  ///
  /// - Precondition: this machine supports it; see `Float32Products.problem`.
  public var float32Products = Float32Products.automatic
  /// The greatest global norm of the gradient; larger gradients are scaled down, unless this is 0.
  public var clipNorm = 1.0
  /// The learning rate of every update.
  public var schedule = LearningRateSchedule(peak: 5e-4, warmup: 4000)
  /// The optimizer with its settings.
  public var optimizer: any Optimizer = Adam()
  /// Whether each process keeps the optimizer's state, and the moving average, of its share of the weights only.
  ///
  /// The result does not depend on it. Source: Rajbhandari et al. 2020, "ZeRO: Memory Optimizations Toward Training
  /// Trillion Parameter Models", section 5.1: partitioned optimizer states.
  public var sharesOptimizer = false
  /// Parts of the model whose weights do not change, to the bit: they get no updates and no weight decay, and do not
  /// count for the norm that is clipped.
  ///
  /// Their gradients are not computed, and there is no backward pass through an encoder that is frozen together with
  /// its embeddings.
  public var frozen: Set<ModelPart> = []
  /// The decay of the moving average of weights, which is what is validated and saved; 0 turns it off.
  ///
  /// Source: Polyak and Juditsky 1992; Marian calls it `--exponential-smoothing`.
  public var averageDecay: Float = 0.999
  /// Whether ``UpdateReport/layerNorms`` are measured; the result does not depend on it.
  public var measuresLayerNorms = false
  /// Whether ``Trainer/profile`` is kept; the result does not depend on it.
  public var isProfiled = false

  /// The defaults.
  public init() {}

  /// ``float32Products``, or the library's if ``precision`` is not float32.
  var productsInUse: Float32Products { precision == .float32 ? float32Products : .library }

  /// bfloat16 that products keep of each weight and order; 0 if the matrix library multiplies.
  var partsOfWeights: Int {
    if precision == .bfloat16 { return 1 }
    return productsInUse == .parts ? 3 : 0
  }

  /// The terms of the loss of an update; updates are counted from 1.
  func objective(update: Int) -> TrainingObjective {
    TrainingObjective(
      labelSmoothing: labelSmoothing, regularization: regularization,
      glancing: nonautoregressive.glancing.share(update: update),
      frozen: frozen)
  }
}

import Training

/// Optimizers by name.
public enum OptimizerName: String, Sendable, CaseIterable {
  /// Adam without weight decay.
  case adam
  /// Adam with decoupled weight decay.
  case adamw
  /// Stochastic gradient descent with momentum.
  case sgd
  /// Adafactor.
  case adafactor
}

/// The optimizer and its settings.
public struct OptimizerRequest: Sendable, Equatable {
  /// The optimizer.
  public var name = OptimizerName.adam
  /// Decay of Adam's mean of gradients (default: 0.9), or of Adafactor's mean of updates (default: 0).
  public var beta1: Double?
  /// Decay of Adam's mean of squared gradients (default: 0.98).
  public var beta2: Double?
  /// Constant added to Adam's denominator (default: 1e-9).
  public var epsilon: Double?
  /// Decoupled weight decay of matrices, times the learning rate (default: 0.01 for adamw, else 0).
  public var weightDecay: Double?
  /// Momentum of SGD (default: 0.9).
  public var momentum: Double?
  /// Whether Adafactor scales the learning rate by the root mean square of each parameter.
  public var relativeStep = false
  /// Whether each process keeps the optimizer's state of its share of the weights only.
  public var isShared = false
  /// Maximum norm of the gradient; 0 disables clipping.
  public var clipNorm = 1.0
  /// Consecutive batches with a NaN or infinite gradient before training rolls back to a checkpoint.
  public var skipLimit = 10

  /// Adam.
  public init() {}

  /// The optimizer with the settings that were given.
  func makeOptimizer() -> any Optimizer {
    switch name {
    case .adam, .adamw:
      var result = Adam()
      set(&result.beta1, beta1)
      set(&result.beta2, beta2)
      set(&result.epsilon, epsilon)
      result.weightDecay = name == .adamw ? Float(weightDecay ?? 0.01) : 0
      return result
    case .sgd:
      var result = SGD()
      set(&result.momentum, momentum)
      set(&result.weightDecay, weightDecay)
      return result
    case .adafactor:
      var result = Adafactor()
      set(&result.beta1, beta1)
      set(&result.weightDecay, weightDecay)
      result.relativeStep = relativeStep
      return result
    }
  }

  private func set(_ setting: inout Float, _ value: Double?) {
    if let value { setting = Float(value) }
  }

  /// Rejects settings of other optimizers.
  func validate(in request: TrainingRequest) throws(TrainingRequestError) {
    try require([.adam, .adamw, .adafactor], for: "--beta1", isGiven: beta1 != nil)
    try require([.adam, .adamw], for: "--beta2", isGiven: beta2 != nil)
    try require([.adam, .adamw], for: "--epsilon", isGiven: epsilon != nil)
    try require([.adamw, .sgd, .adafactor], for: "--weight-decay", isGiven: weightDecay != nil)
    try require([.sgd], for: "--momentum", isGiven: momentum != nil)
    try require([.adafactor], for: "--relative-step", isGiven: relativeStep)
    try require([.adam, .adamw, .sgd], for: "--share-optimizer", isGiven: isShared)
    if name == .sgd, request.schedule.learningRate == nil, request.schedule.name != .noam {
      throw .conflict("'--optimizer sgd' needs '--learning-rate': those of the presets are for Adam")
    }
  }

  private func require(
    _ optimizers: [OptimizerName], for option: String, isGiven: Bool
  ) throws(TrainingRequestError) {
    guard isGiven, !optimizers.contains(name) else { return }
    let names = optimizers.map { "'--optimizer \($0.rawValue)'" }.joined(separator: " or ")
    throw .conflict("'\(option)' has no effect with '--optimizer \(name.rawValue)'; it needs \(names)")
  }
}

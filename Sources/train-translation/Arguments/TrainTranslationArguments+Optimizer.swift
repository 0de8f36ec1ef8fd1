import CommandLineArguments
import Training

/// Optimizers by the names of `--optimizer`.
enum OptimizerName: String, CaseIterable, ArgumentValue {
  case adam, adamw, sgd, adafactor
}

extension TrainTranslationArguments {
  static let optimizerOptions: [Option<Self>] = [
    Option("--optimizer", "name", "the rule that turns gradients into updates", \.optimizer),
    Option(
      "--beta1", "decay",
      "of Adam's average of gradients (default: 0.9), of Adafactor's updates (default: 0)",
      \.beta1, limit: .atLeast(0, below: 0.999_999)
    )
    .only(with: \.optimizer, .adam, .adamw, .adafactor),
    Option(
      "--beta2", "decay", "of Adam's squared gradients (default: 0.98)", \.beta2,
      limit: .atLeast(0, below: 0.999_999)
    )
    .only(with: \.optimizer, .adam, .adamw),
    Option(
      "--epsilon", "number", "under Adam's fraction (default: 1e-09)", \.epsilon, limit: .above(0, atMost: 1)
    )
    .only(with: \.optimizer, .adam, .adamw),
    Option(
      "--weight-decay", "share",
      "of matrices, but not of biases and norms, taken off at a rate of 1 (default: adamw 0.01, else 0)",
      \.weightDecay, limit: .rate
    )
    .only(with: \.optimizer, .adamw, .sgd, .adafactor),
    Option("--momentum", "share", "of SGD's velocity that stays (default: 0.9)", \.momentum, limit: .rate)
      .only(with: \.optimizer, .sgd),
    Option(
      "--relative-step", "Adafactor multiplies the rate by the root mean square of each parameter",
      \.relativeStep
    )
    .only(with: \.optimizer, .adafactor),
    Option("--clip-norm", "norm", "greatest norm of a gradient, 0 for any", \.clipNorm, limit: .atLeast(0)),
    Option(
      "--skip-limit", "count",
      "batches in a row whose gradient is no number, after which a checkpoint comes back", \.skipLimit,
      limit: .between(1, 1_000_000)),
  ]

  /// The optimizer with the settings that were given.
  func makeOptimizer() -> any Optimizer {
    switch optimizer {
    case .adam, .adamw:
      var result = Adam()
      set(&result.beta1, beta1)
      set(&result.beta2, beta2)
      set(&result.epsilon, epsilon)
      result.weightDecay = optimizer == .adamw ? Float(weightDecay ?? 0.01) : 0
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

  /// Refuses a learning rate that was meant for another optimizer.
  func validateOptimizer() throws(ArgumentError) {
    if optimizer == .sgd, learningRate == nil, schedule != .noam {
      throw .conflict("'--optimizer sgd' needs '--learning-rate': those of the presets are for Adam")
    }
  }
}

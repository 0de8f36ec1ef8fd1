import CommandLineArguments
import Training

/// Optimizers by the names of `--optimizer`.
enum OptimizerName: String, CaseIterable, ArgumentValue {
  case adam, adamw, sgd, adafactor
}

extension TrainTranslationArguments {
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

  /// Refuses settings of an optimizer that was not chosen.
  func validateOptimizer() throws(ArgumentError) {
    try require([.adam, .adamw, .adafactor], for: "--beta1", isGiven: beta1 != nil)
    try require([.adam, .adamw], for: "--beta2", isGiven: beta2 != nil)
    try require([.adam, .adamw], for: "--epsilon", isGiven: epsilon != nil)
    try require([.adamw, .sgd, .adafactor], for: "--weight-decay", isGiven: weightDecay != nil)
    try require([.sgd], for: "--momentum", isGiven: momentum != nil)
    try require([.adafactor], for: "--relative-step", isGiven: relativeStep)
    if optimizer == .sgd, learningRate == nil, schedule != .noam {
      throw .conflict("'--optimizer sgd' needs '--learning-rate': those of the presets are for Adam")
    }
  }

  private func require(_ optimizers: [OptimizerName], for option: String, isGiven: Bool)
    throws(ArgumentError)
  {
    guard isGiven, !optimizers.contains(optimizer) else { return }
    let names = optimizers.map { "'--optimizer \($0.rawValue)'" }.joined(separator: " or ")
    throw .conflict(
      "'\(option)' has no meaning with '--optimizer \(optimizer.rawValue)'; it goes with \(names)")
  }
}

public import CommandLineArguments
public import TrainingSession

extension OptimizerName: ArgumentValue {}

extension OptimizerRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Optimizer"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option("--optimizer", "name", "the rule that turns gradients into updates", \.name),
    Option(
      "--beta1", "decay",
      "of Adam's average of gradients (default: 0.9), of Adafactor's updates (default: 0)",
      \.beta1, limit: .atLeast(0, below: 0.999_999)),
    Option(
      "--beta2", "decay", "of Adam's squared gradients (default: 0.98)", \.beta2,
      limit: .atLeast(0, below: 0.999_999)),
    Option(
      "--epsilon", "number", "added to the denominator of Adam's fraction (default: 1e-09)", \.epsilon,
      limit: .above(0, atMost: 1)),
    Option(
      "--weight-decay", "share",
      "of matrices, but not of biases and norms, taken off at a rate of 1 (default: adamw 0.01, else 0)",
      \.weightDecay, limit: .rate),
    Option("--momentum", "share", "of SGD's velocity that stays (default: 0.9)", \.momentum, limit: .rate),
    Option(
      "--relative-step", "Adafactor multiplies the rate by the root mean square of each parameter",
      \.relativeStep),
    Option(
      "--clip-norm", "norm", "greatest norm of a gradient, 0 for any", \.clipNorm, limit: .atLeast(0)),
    Option(
      "--skip-limit", "count",
      "batches skipped in a row, since their gradient is NaN or infinite, after which training rolls back",
      \.skipLimit, limit: .between(1, 1_000_000)),
  ]
}

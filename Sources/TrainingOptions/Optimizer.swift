public import CommandLineArguments
public import TrainingSession

extension OptimizerName: ArgumentValue {}

extension OptimizerRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Optimizer"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option("--optimizer", "name", "optimizer", \.name),
    Option(
      "--beta1", "decay",
      "decay of Adam's mean of gradients (default: 0.9) or of Adafactor's mean of updates "
        + "(default: 0)",
      \.beta1, limit: .training("--beta1")),
    Option(
      "--beta2", "decay", "decay of Adam's mean of squared gradients (default: 0.98)", \.beta2,
      limit: .training("--beta2")),
    Option(
      "--epsilon", "number", "constant added to Adam's denominator (default: 1e-09)", \.epsilon,
      limit: .training("--epsilon")),
    Option(
      "--weight-decay", "share",
      "decoupled weight decay of matrices, but not of biases and norms (default: 0.01 for adamw, "
        + "else 0)",
      \.weightDecay, limit: .training("--weight-decay")),
    Option(
      "--momentum", "share", "momentum of SGD (default: 0.9)", \.momentum, limit: .training("--momentum")),
    Option(
      "--relative-step", "scale Adafactor's learning rate by the root mean square of each parameter",
      \.relativeStep),
    Option(
      "--share-optimizer",
      "each process that mpirun started keeps the optimizer's state and the moving average of its share of the "
        + "weights only (ZeRO-1): less memory, more traffic, the same result",
      \.isShared),
    Option(
      "--clip-norm", "norm", "maximum norm of the gradient; 0 disables clipping", \.clipNorm,
      limit: .training("--clip-norm")),
    Option(
      "--skip-limit", "count",
      "consecutive batches with a NaN or infinite gradient before training rolls back to a "
        + "checkpoint",
      \.skipLimit, limit: .training("--skip-limit")),
  ]
}

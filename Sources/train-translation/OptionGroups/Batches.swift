public import CommandLineArguments
public import TrainingSession

extension BatchRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Batches"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--batch-tokens", "count", "pairs × longest sentence of a batch", \.tokens, limit: .atLeast(1)),
    Option(
      "--accumulate", "count", "batches of an update, whose gradients are added up", \.accumulate,
      limit: .between(1, 1_000_000)),
    Option(
      "--max-length", "subwords", "longer pairs are left out", \.maxLength, limit: .between(1, 65536)),
    Option("--seed", "number", "seed of all random numbers", \.seed),
  ]
}

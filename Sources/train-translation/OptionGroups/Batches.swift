public import CommandLineArguments
public import TrainingSession

extension BatchRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Batches"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--batch-tokens", "count", "maximum batch size in tokens, padding included (pairs × longest sentence)",
      \.tokens, limit: .atLeast(1)),
    Option(
      "--accumulate", "count", "number of batches whose gradients are summed for one update", \.accumulate,
      limit: .between(1, 1_000_000)),
    Option(
      "--max-length", "subwords", "maximum sentence length; longer pairs are skipped", \.maxLength,
      limit: .between(1, 65536)),
    Option("--seed", "number", "random seed", \.seed),
  ]
}

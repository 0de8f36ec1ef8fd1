public import CommandLineArguments
public import TrainingSession

extension BatchRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Batches"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--batch-tokens", "count", "maximum batch size in tokens, padding included (pairs × longest sentence)",
      \.tokens, limit: .training("--batch-tokens")),
    Option(
      "--accumulate", "count", "number of batches whose gradients are summed for one update", \.accumulate,
      limit: .training("--accumulate")),
    Option(
      "--max-length", "subwords", "maximum sentence length; longer pairs are skipped", \.maxLength,
      limit: .training("--max-length")),
    Option("--seed", "number", "random seed", \.seed),
  ]
}

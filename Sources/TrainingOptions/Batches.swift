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
    Option(
      "--corpus-window", "pairs",
      "pairs of --train-corpus that are mixed at a time, in whole shards; each takes some 160 bytes of memory",
      \.corpusWindow, limit: .training("--corpus-window")),
    Option("--seed", "number", "random seed", \.seed),
  ]
}

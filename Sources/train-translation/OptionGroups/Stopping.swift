public import CommandLineArguments
public import TrainingSession

extension StoppingRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "When to stop, validate and save"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--max-updates", "count", "stop after this many updates", \.maxUpdates, limit: .atLeast(1)),
    Option(
      "--max-epochs", "count", "stop after this many passes over the text", \.maxEpochs, limit: .atLeast(1)),
    Option(
      "--time-budget", "time", "stop after this time, for example 30m", \.timeBudget, limit: .above(0)),
    Option(
      "--validate-every", "interval",
      "from one validation to the next: updates such as 500, or epoch, 2epochs", \.validateEvery),
    Option(
      "--patience", "count", "validations without progress before stopping, 0 for no limit", \.patience,
      limit: .atLeast(0)),
    Option("--log-every", "updates", "between two lines of train.jsonl", \.logEvery, limit: .atLeast(1)),
    Option("--checkpoint-every", "time", "between two checkpoints", \.checkpointEvery, limit: .above(0)),
  ]

  /// Paragraphs of the help text.
  static let discussion = """
    The model is validated every so often on perplexity and on BLEU of the greedily decoded text, or on what \
    --best-by and --valid-metrics ask for, and the best one is kept. Training ends at the first of --max-updates, \
    --max-epochs, --time-budget, or when --patience validations in a row were no better. Ctrl-C or SIGTERM saves \
    everything and ends; --resume continues. SIGUSR1 (kill -USR1) writes a checkpoint, and training continues.

    The newest two checkpoints are kept in MODEL/checkpoints, each with a checksum: where last.safetensors is \
    damaged, --resume says so and resumes from previous.safetensors. While one is written, the disk needs room for \
    three. Where it cannot be written, training continues and tries again after --checkpoint-every.

    A batch whose gradient is NaN or infinite is named and skipped. After --skip-limit of them in a row, or when the \
    mean loss was more than half above its best, and by half a nat, for 100 updates in a row, training rolls back to \
    the last good checkpoint with half the learning rate; after three times it ends as diverged, with exit code 1.
    """
}

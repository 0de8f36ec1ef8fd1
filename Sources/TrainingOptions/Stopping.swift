public import CommandLineArguments
public import TrainingSession

extension StoppingRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "When to stop, validate and save"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--max-updates", "count", "stop after this many updates", \.maxUpdates,
      limit: .training("--max-updates")
    ).common,
    Option(
      "--max-epochs", "count", "stop after this many passes over the training text", \.maxEpochs,
      limit: .training("--max-epochs")),
    Option(
      "--time-budget", "time", "stop after this time, for example 30m", \.timeBudget,
      limit: .training("--time-budget")
    ).common,
    Option(
      "--target-score", "score", "stop once a validation reaches this score by --best-by", \.targetScore,
      limit: .training("--target-score")),
    Option(
      "--validate-every", "interval",
      "interval between validations, in updates (500) or epochs (epoch, 2epochs)", \.validateEvery),
    Option(
      "--patience", "count", "stop after this many validations without progress; 0 never stops", \.patience,
      limit: .training("--patience")),
    Option(
      "--log-every", "updates", "updates between two lines of train.jsonl", \.logEvery,
      limit: .training("--log-every")),
    Option(
      "--checkpoint-every", "time", "time between checkpoints", \.checkpointEvery,
      limit: .training("--checkpoint-every")),
  ]

  /// Paragraphs of the help text.
  package static let discussion = """
    The model is validated regularly by perplexity and by BLEU of the greedily decoded text, or by the metrics of \
    --best-by and --valid-metrics, and the best model is kept. Training ends when the first of --max-updates, \
    --max-epochs and --time-budget is reached, when the best model has --target-score (or a lower perplexity than \
    that), or after --patience validations in a row without progress. After its first updates it says about how long \
    it will take on this machine, or how many updates will fit into --time-budget. Ctrl-C or \
    SIGTERM saves everything and exits, also during a validation; --resume --model MODEL continues with the options \
    of the command that started the training, except those given again, such as a greater --max-updates. Time in \
    which the process was stopped does not count for --time-budget. SIGUSR1 (kill -USR1) writes a checkpoint without \
    stopping.

    The two newest checkpoints are kept in MODEL/checkpoints, each with a checksum: if last.safetensors is damaged, \
    --resume reports it and resumes from previous.safetensors. Writing a checkpoint temporarily needs disk space for \
    three; how much that is, and how much is free, is shown before training starts. If it cannot be written, training continues and tries again after --checkpoint-every.

    A batch with a NaN or infinite gradient is reported and skipped. After --skip-limit of them in a row, or if the \
    mean loss stays more than 50% and 0.5 nats above its best for 100 updates in a row, training rolls back to the \
    last good checkpoint with half the learning rate; after three rollbacks it ends as diverged, with exit code 1.
    """
}

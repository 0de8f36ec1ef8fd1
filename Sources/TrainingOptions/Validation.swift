public import CommandLineArguments
public import Training
public import TrainingSession

extension ValidationMetric: ArgumentValue {}
extension ModelSelection.StopRule: ArgumentValue {}
extension ModelSelection.ScoreOrder: ArgumentValue {}

extension ValidationRequest: OptionGroup {
  /// The heading of these options.
  public static let title = "Validation"

  /// In the order of the help text.
  public static let options: [Option<Self>] = [
    Option(
      "--best-by", "metric", "metric that selects the best model; perplexity needs no decoding", \.bestBy),
    Option(
      "--valid-metrics", "metric,...",
      "additional metrics to compute and log; perplexity and those of --best-by and --stop-by "
        + "always are",
      \.metrics, list: .commaSeparated),
    Option(
      "--stop-by", "metric,...", "metrics that --patience looks at (default: the one of --best-by)", \.stopBy,
      list: .commaSeparated),
    Option(
      "--stop-when", "how many", "whether any or all metrics of --stop-by must stop improving (default: any)",
      \.stopWhen),
    Option(
      "--keep-best",
      "also keep the best model by each metric, in MODEL/best-perplexity, MODEL/best-bleu, ...",
      \.keepsBest),
    Option(
      "--skip-calibration",
      "do not learn translate --confidence and the heads that align words from the validation text at the end",
      \.skipsCalibration),
    Option(
      "--valid-script", "command", "shell command that scores the decoded validation text; see below",
      \.script),
    Option(
      "--valid-script-order", "order",
      "whether higher or lower scores of --valid-script are better (default: higher)", \.scriptOrder),
    Option(
      "--valid-script-timeout", "time", "time limit of --valid-script (default: 10m)", \.scriptTimeout,
      limit: .training("--valid-script-timeout")),
  ]

  /// Paragraphs of the help text.
  package static let discussion = """
    --valid-script defines a metric of your own: after each validation, /bin/sh runs the command with four \
    arguments: the paths of the decoded text, the sources and the references, which are aligned line by line, and \
    the number of the update. They are appended to the command unless it uses one of them, as "$1" to "$4" or as the \
    variables VALID_TRANSLATION, VALID_SOURCE, VALID_REFERENCE and VALID_UPDATE, which are also in its environment. \
    The last line that it prints must be a number. If it fails, prints none or takes too long, training reports this \
    and continues without the score:

      --valid-script ./score.sh
      --valid-script 'sacrebleu -m ter -b "$VALID_REFERENCE" -i "$1"' --valid-script-order lower

    If scores are equal, or none has the one of --best-by, the better perplexity wins.
    """
}

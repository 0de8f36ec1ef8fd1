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
      "--best-by", "metric", "what decides which model is the best; perplexity needs no decoding", \.bestBy),
    Option(
      "--valid-metrics", "metric,...",
      "what is measured and logged in addition to perplexity and what --best-by and --stop-by name",
      \.metrics, list: .commaSeparated),
    Option(
      "--stop-by", "metric,...", "what --patience waits for (default: what --best-by names)", \.stopBy,
      list: .commaSeparated),
    Option(
      "--stop-when", "how many", "of several in --stop-by must be no better (default: any)", \.stopWhen),
    Option(
      "--keep-best", "keep the best model by each metric too, in MODEL/best-perplexity, MODEL/best-bleu, ...",
      \.keepsBest),
    Option(
      "--valid-script", "command", "a line of shell that scores the decoded validation text; see below",
      \.script),
    Option(
      "--valid-script-order", "order", "which of its scores are better (default: higher)", \.scriptOrder),
    Option(
      "--valid-script-timeout", "time", "after which it is stopped (default: 10m)", \.scriptTimeout,
      limit: .above(0)),
  ]

  /// Paragraphs of the help text.
  static let discussion = """
    --valid-script gives a metric of your own: after each validation /bin/sh runs the command with four arguments, \
    the paths of the decoded text, of the sources and of the references, line by line the same sentences, and the \
    update. They follow the command, unless it names one of them itself, as "$1" to "$4" or as the variables \
    VALID_TRANSLATION, VALID_SOURCE, VALID_REFERENCE and VALID_UPDATE, which a program finds too. The last line that \
    it prints must be a number. Where it fails, prints none or takes too long, training says so and continues without \
    that score:

      --valid-script ./score.sh
      --valid-script 'sacrebleu -m ter -b "$VALID_REFERENCE" -i "$1"' --valid-script-order lower

    Of equal scores, and where none has the one that --best-by names, the better perplexity wins.
    """
}

public import CommandLineArguments
public import Training

extension ValidationMetric: ArgumentValue {}
extension ModelSelection.StopRule: ArgumentValue {}
extension ModelSelection.ScoreOrder: ArgumentValue {}

/// What the model is measured by in the middle of training, and what the scores decide.
struct ValidationArguments: Sendable {
  var metrics: [ValidationMetric] = []
  var bestBy = ValidationMetric.bleu
  var stopBy: [ValidationMetric] = []
  var stopWhen: ModelSelection.StopRule?
  var keepsBest = false
  var script: String?
  var scriptOrder: ModelSelection.ScoreOrder?
  var scriptTimeout: Duration?

  /// What is measured: whatever somebody asks for or something depends on.
  var measured: Set<ValidationMetric> {
    Set([.perplexity, bestBy] + metrics + stopBy + (script == nil ? [] : [.script]))
  }

  /// What the scores decide.
  var selection: ModelSelection {
    var result = ModelSelection()
    (result.bestBy, result.stopBy, result.keepsBest) = (bestBy, stopBy, keepsBest)
    (result.stopWhen, result.scriptOrder) = (stopWhen ?? .any, scriptOrder ?? .higher)
    return result
  }
}

extension TrainTranslationArguments {
  static let validationOptions: [Option<Self>] = [
    Option(
      "--best-by", "metric", "what decides which model is the best; perplexity needs no decoding",
      \.validation.bestBy),
    Option(
      "--valid-metrics", "metric,...",
      "what is measured and logged beside perplexity and what --best-by and --stop-by name",
      \.validation.metrics, list: .commaSeparated),
    Option(
      "--stop-by", "metric,...", "what --patience waits for (default: what --best-by names)",
      \.validation.stopBy, list: .commaSeparated),
    Option(
      "--stop-when", "how many", "of several in --stop-by must be no better (default: any)",
      \.validation.stopWhen),
    Option(
      "--keep-best", "keep the best model by each metric too, in MODEL/best-perplexity, MODEL/best-bleu, ...",
      \.validation.keepsBest),
    Option(
      "--valid-script", "command", "a line of shell that scores the decoded validation text; see below",
      \.validation.script),
    Option(
      "--valid-script-order", "order", "which of its scores are better (default: higher)",
      \.validation.scriptOrder
    ).only(with: \.validation.script),
    Option(
      "--valid-script-timeout", "time", "after which it is stopped (default: 10m)",
      \.validation.scriptTimeout, limit: .above(0)
    ).only(with: \.validation.script),
  ]

  /// Paragraphs of the help text.
  static let validationDiscussion = """
    --valid-script gives a metric of your own: after each validation /bin/sh runs the command with four arguments, \
    the paths of the decoded text, of the sources and of the references, line by line the same sentences, and the \
    update. They stand behind the command, unless it names one of them itself, as "$1" to "$4" or as the variables \
    VALID_TRANSLATION, VALID_SOURCE, VALID_REFERENCE and VALID_UPDATE, which a program finds too. The last line that it prints must be a number. \
    Where it fails, prints none or takes too long, training says so and goes on without that score:

      --valid-script ./score.sh
      --valid-script 'sacrebleu -m ter -b "$VALID_REFERENCE" -i "$1"' --valid-script-order lower

    Of equal scores, and where none has the one that --best-by names, the better perplexity wins.
    """

  /// Refuses what could have no effect.
  func validateValidation() throws(ArgumentError) {
    let asked = [
      ("--best-by", [validation.bestBy]), ("--stop-by", validation.stopBy),
      ("--valid-metrics", validation.metrics),
    ]
    if let script = validation.script {
      if script.allSatisfy(\.isWhitespace) { throw .conflict("'--valid-script' holds no command") }
    } else {
      for (option, metrics) in asked where metrics.contains(.script) {
        throw .conflict("'\(option) script' needs '--valid-script', the command that gives the score")
      }
    }
    if validation.stopWhen != nil, Set(validation.stopBy).count < 2 {
      throw .conflict("'--stop-when' needs two metrics or more in '--stop-by'")
    }
    if patience == 0, !validation.stopBy.isEmpty {
      throw .conflict("'--stop-by' has no meaning with '--patience 0', which never stops")
    }
  }
}

public import CommandLineArguments
import Formatting
public import Translation

/// How lines are read.
struct TextOptionGroup: OptionGroup {
  var splitSentences = TranslationRequest().sentenceSplitting
  var maxSourceLength = TranslationRequest().maxSourceLength

  static let title = "Text"
  static let options: [Option<Self>] = [
    Option(
      "--split-sentences", "when",
      "translate each sentence of a line by itself; 'auto' does so if the model was trained on single sentences",
      \.splitSentences
    ).common,
    Option(
      "--max-source-length", "count",
      "maximum source tokens; longer sentences are split and translated in pieces",
      \.maxSourceLength, limit: .between(1, 100_000)),
  ]

  func apply(to request: inout TranslationRequest) {
    (request.sentenceSplitting, request.maxSourceLength) = (splitSentences, maxSourceLength)
  }
}

extension SentenceSplitting: ArgumentValue {}

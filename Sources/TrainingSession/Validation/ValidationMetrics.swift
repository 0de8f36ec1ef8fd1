import Evaluation
import Text

/// BLEU and chrF with the customary settings for the target language.
struct ValidationMetrics: Sendable {
  let bleu: BLEU
  let chrf: ChrF

  /// Both ignore case if the pipeline does.
  init(_ settings: TextPipelineSettings) {
    bleu = BLEU(tokenization: tokenization(settings), isLowercased: settings.ignoresCase)
    chrf = ChrF(isLowercased: settings.ignoresCase)
  }
}

/// None for pre-tokenized text, Chinese or characters for languages without spaces, otherwise 13a.
private func tokenization(_ settings: TextPipelineSettings) -> BLEU.Tokenization {
  if settings.isTokenized { return .none }
  return switch settings.targetLanguage.prefix(2) {
  case "zh": .chinese
  case "ja", "th", "km", "lo", "my": .character
  default: .mteval13a
  }
}

/// The signatures of a training's scores, for `training.json`; nil for metrics that were not computed.
package struct ScoreSignatures: Sendable {
  package var bleu: String?
  package var chrf: String?
  /// The user's scoring command.
  package var script: String?
}

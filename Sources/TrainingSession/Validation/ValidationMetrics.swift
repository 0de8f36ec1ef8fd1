import Evaluation
import Text

/// BLEU and chrF as users of the target language measure.
struct ValidationMetrics: Sendable {
  let bleu: BLEU
  let chrf: ChrF

  /// Both ignore case where the pipeline does.
  init(_ settings: TextPipelineSettings) {
    bleu = BLEU(tokenization: tokenization(settings), isLowercased: settings.ignoresCase)
    chrf = ChrF(isLowercased: settings.ignoresCase)
  }
}

/// On given tokens, on characters where there are no spaces, else 13a.
private func tokenization(_ settings: TextPipelineSettings) -> BLEU.Tokenization {
  if settings.isTokenized { return .none }
  return switch settings.targetLanguage.prefix(2) {
  case "zh": .chinese
  case "ja", "th", "km", "lo", "my": .character
  default: .mteval13a
  }
}

/// What a training's scores were measured with, for `training.json`; nil for what was not measured.
package struct ScoreSignatures: Sendable {
  package var bleu: String?
  package var chrf: String?
  /// The user's own program, as it was given.
  package var script: String?
}

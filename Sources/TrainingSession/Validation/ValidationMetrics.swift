package import Evaluation
package import Text

/// BLEU and chrF with the customary settings for the target language.
package struct ValidationMetrics: Sendable {
  package let bleu: BLEU
  package let chrf: ChrF

  /// Both ignore case if the pipeline does.
  package init(_ settings: TextPipelineSettings) {
    bleu = BLEU(tokenization: tokenization(settings), isLowercased: settings.ignoresCase)
    chrf = ChrF(isLowercased: settings.ignoresCase)
  }
}

/// None for pre-tokenized text, Chinese or characters for languages without spaces, otherwise 13a.
private func tokenization(_ settings: TextPipelineSettings) -> BLEU.Tokenization {
  if settings.isTokenized { return .none }
  return switch Language(stored: settings.targetLanguage).writing {
  case .chinese: .chinese
  case .unspaced: .character
  case .spaced: .mteval13a
  }
}

/// The signatures of a training's scores, for `training.json`; nil for metrics that were not computed.
package struct ScoreSignatures: Sendable {
  package var bleu: String?
  package var chrf: String?
  /// The user's scoring command.
  package var script: String?
}

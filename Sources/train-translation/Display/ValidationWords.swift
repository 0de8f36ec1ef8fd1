import Formatting
import Training

extension ValidationScores {
  /// All scores, as text.
  var words: String {
    ValidationMetric.allCases.compactMap { words($0) }.joined(separator: ", ")
  }

  /// A score with its name; nil if it is missing.
  func words(_ metric: ValidationMetric) -> String? {
    guard let score = self[metric] else { return nil }
    return switch metric {
    case .perplexity: "valid perplexity \(Readable.decimal(score, 3))"
    case .bleu: "BLEU \(Readable.decimal(score, 2))"
    case .chrf: "chrF \(Readable.decimal(score, 2))"
    case .script: "script \(Readable.decimal(score, 4))"
    }
  }
}

/// A measure of the quality of a model on held-out text.
public enum ValidationMetric: String, Sendable, Codable, CodingKeyRepresentable, CaseIterable {
  /// exp of the negative log-likelihood per target token; lower is better.
  case perplexity
  /// BLEU of the decoded text.
  case bleu
  /// chrF of the decoded text.
  case chrf
  /// The score of the decoded text by the user's own program.
  case script
}

/// The scores of a model on held-out sentences.
public struct ValidationScores: Sendable, Codable, Equatable {
  /// exp of the negative log-likelihood per target token.
  public var perplexity: Double
  /// BLEU of the decoded sentences, 0 to 100; nil if not requested.
  public var bleu: Double?
  /// chrF of the decoded sentences, 0 to 100; nil if not requested.
  public var chrf: Double?
  /// The score by the user's own program; nil if there is no program, or if it failed to give a score.
  public var script: Double?

  /// The scores given.
  public init(perplexity: Double, bleu: Double? = nil, chrf: Double? = nil, script: Double? = nil) {
    (self.perplexity, self.bleu, self.chrf, self.script) = (perplexity, bleu, chrf, script)
  }

  /// The score by a metric; nil if it is missing.
  public subscript(metric: ValidationMetric) -> Double? {
    switch metric {
    case .perplexity: perplexity
    case .bleu: bleu
    case .chrf: chrf
    case .script: script
    }
  }
}

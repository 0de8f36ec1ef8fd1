/// What a model is measured by on text that it was not trained on.
public enum ValidationMetric: String, Sendable, Codable, CodingKeyRepresentable, CaseIterable {
  /// exp of the negative log-likelihood per target token; the less the better.
  case perplexity
  /// BLEU of the decoded text.
  case bleu
  /// chrF of the decoded text.
  case chrf
  /// What a program of the user's own makes of the decoded text.
  case script
}

/// What a model is worth on sentences it was not trained on.
public struct ValidationScores: Sendable, Codable, Equatable {
  /// exp of the negative log-likelihood per target token.
  public var perplexity: Double
  /// BLEU of the decoded sentences, 0 to 100, where it was asked for.
  public var bleu: Double?
  /// chrF of the decoded sentences, 0 to 100, where it was asked for.
  public var chrf: Double?
  /// The number that a program of the user's own gave, where there is one and it gave one.
  public var script: Double?

  /// The scores given.
  public init(perplexity: Double, bleu: Double? = nil, chrf: Double? = nil, script: Double? = nil) {
    (self.perplexity, self.bleu, self.chrf, self.script) = (perplexity, bleu, chrf, script)
  }

  /// The score by a metric; nil: it is missing.
  public subscript(metric: ValidationMetric) -> Double? {
    switch metric {
    case .perplexity: perplexity
    case .bleu: bleu
    case .chrf: chrf
    case .script: script
    }
  }
}

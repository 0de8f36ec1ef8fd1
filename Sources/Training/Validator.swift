public import Models

/// What a model is worth on sentences it was not trained on.
public struct ValidationScores: Sendable, Codable, Equatable {
  /// exp of the negative log-likelihood per target token.
  public var perplexity: Double
  /// BLEU of the decoded sentences, 0 to 100, where they were decoded.
  public var bleu: Double?

  /// The scores given.
  public init(perplexity: Double, bleu: Double? = nil) { (self.perplexity, self.bleu) = (perplexity, bleu) }

  /// Whether these are better: by BLEU where both have it, else by perplexity, which also decides between
  /// equal BLEU; at the start of a training that is 0 for long.
  func isBetter(than other: ValidationScores?) -> Bool {
    guard let other else { return perplexity.isFinite }
    if let mine = bleu, let theirs = other.bleu, mine != theirs { return mine > theirs }
    return perplexity < other.perplexity
  }
}

/// Scores a model in the middle of training.
///
/// A protocol, since training does not know decoding: the command joins the two.
public protocol Validator: Sendable {
  /// Scores the model on the validation set.
  func validate(_ model: TrainedTransformer) throws -> ValidationScores
}

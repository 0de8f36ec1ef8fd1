private import Tensors

/// The loss of a model's predictions, summed over target tokens.
public struct LossSum: Sendable, Equatable {
  /// The label-smoothed cross-entropy, summed over tokens, in nats.
  public var loss: Double
  /// The negative log-likelihood of the correct tokens, summed, in nats, from which perplexity is computed.
  public var negativeLogLikelihood: Double
  /// The divergence between two predictions of the same tokens, summed, in nats; 0 without R-Drop.
  ///
  /// It is not included in ``loss``; see ``Tape/rDropCrossEntropy(_:weight:bias:targets:smoothing:alpha:)``.
  public var divergence: Double
  /// The cross-entropy of attention with respect to given alignments, summed over the target tokens that have links, in
  /// nats; 0 without alignments.
  ///
  /// It is not included in ``loss``; see ``AttentionGuide``.
  public var alignment: Double
  /// The number of target tokens, including `</s>`.
  public var tokens: Int
  /// The number of sentences that could not be aligned and are in no other sum; see ``CTCTarget/isFeasible``.
  public var infeasible: Int

  /// The sums given; 0 by default.
  public init(
    loss: Double = 0, negativeLogLikelihood: Double = 0, divergence: Double = 0, alignment: Double = 0,
    tokens: Int = 0, infeasible: Int = 0
  ) {
    (self.loss, self.negativeLogLikelihood) = (loss, negativeLogLikelihood)
    (self.divergence, self.alignment) = (divergence, alignment)
    (self.tokens, self.infeasible) = (tokens, infeasible)
  }

  /// Adds another sum.
  public static func += (left: inout LossSum, right: LossSum) {
    left.loss += right.loss
    left.negativeLogLikelihood += right.negativeLogLikelihood
    left.divergence += right.divergence
    left.alignment += right.alignment
    left.tokens += right.tokens
    left.infeasible += right.infeasible
  }

  /// Loss per target token, in nats.
  public var lossPerToken: Double { tokens == 0 ? 0 : loss / Double(tokens) }
  /// Divergence per target token, in nats.
  public var divergencePerToken: Double { tokens == 0 ? 0 : divergence / Double(tokens) }
  /// The alignment loss per target token, in nats.
  public var alignmentPerToken: Double { tokens == 0 ? 0 : alignment / Double(tokens) }
  /// exp of the negative log-likelihood per token.
  public var perplexity: Double { tokens == 0 ? 1 : exponential(negativeLogLikelihood / Double(tokens)) }
}

public import Tokens

/// Additional training objectives and protections against overfitting, besides the dropout in a model's configuration.
///
/// It acts only on training tapes, not in validation or translation.
public struct Regularization: Sendable, Equatable {
  /// α of R-Drop: every sentence passes through the model twice, and the divergence of the two predictions is added to
  /// the loss; 0 turns it off, typically 5 in translation.
  ///
  /// Source: Liang et al. 2021, "R-Drop: Regularized Dropout for Neural Networks".
  public var rDrop: Float = 0

  /// The fraction of words whose embedding is dropped, `0 ..< 1`; typically 0.1.
  ///
  /// Applies to the source and to the decoder's input; the words are still predicted.
  ///
  /// Source: Gal and Ghahramani 2016, section 4.2; Sennrich et al. 2016, "Edinburgh Neural Machine Translation
  /// Systems for WMT 16".
  public var wordDropout: Float = 0

  /// Source tokens that word dropout never drops, in addition to `<s>` and `</s>`: tags, without which it is unknown
  /// how to translate a sentence.
  public var sparedSourceTokens: Set<TokenID> = []

  /// The fraction of encoder and decoder layers that an update skips, `0 ..< 1`; typically 0.1 or 0.2.
  ///
  /// Each layer is drawn independently, again for every shard or piece of one. Both passes of R-Drop skip the same
  /// layers. Validation and translation use all layers.
  ///
  /// Source: Fan et al. 2020, "Reducing Transformer Depth on Demand with Structured Dropout".
  public var layerDrop: Float = 0

  /// Guided alignment for pairs that have alignments; nil for none.
  public var guidedAlignment: GuidedAlignment?

  /// No regularization.
  public init() {}
}

public import Tokens

/// What a model is taught beside the right tokens, and what keeps it from learning its training text by heart, beside
/// the dropout in its configuration.
///
/// It acts on training tapes alone: validation and translation know nothing of it.
public struct Regularization: Sendable, Equatable {
  /// α of R-Drop: every sentence passes the model twice, and how far the two predictions lie apart counts as
  /// loss; 0 is off, 5 is usual in translation.
  ///
  /// Source: Liang et al. 2021, "R-Drop: Regularized Dropout for Neural Networks".
  public var rDrop: Float = 0

  /// The share of words whose embedding is left out, `0 ..< 1`; 0.1 is usual.
  ///
  /// On the source side and in what the decoder reads; they are still to be predicted.
  ///
  /// Source: Gal and Ghahramani 2016, section 4.2; Sennrich et al. 2016, "Edinburgh Neural Machine Translation
  /// Systems for WMT 16".
  public var wordDropout: Float = 0

  /// Tokens of the source that word dropout leaves alone, as it does `<s>` and `</s>`: tags, without which nobody
  /// could know what is to become of a sentence.
  public var sparedSourceTokens: Set<TokenID> = []

  /// The share of layers of encoder and decoder that an update does without, `0 ..< 1`; 0.1 or 0.2 is usual.
  ///
  /// Each is drawn for itself, anew for all that is worked on at once: a shard, or a piece of one. Both passes of
  /// R-Drop do without the same layers. Validation and translation have all of them.
  ///
  /// Source: Fan et al. 2020, "Reducing Transformer Depth on Demand with Structured Dropout".
  public var layerDrop: Float = 0

  /// How attention is taught to follow the alignments of pairs that have them; nil: it is not.
  public var guidedAlignment: GuidedAlignment?

  /// Nothing.
  public init() {}
}

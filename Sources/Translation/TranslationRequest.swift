public import Decoding

/// Which decoder of a model translates.
public enum DecoderChoice: String, Sendable, CaseIterable {
  /// The one that predicts token by token.
  case autoregressive
  /// The one that predicts all tokens at the same time.
  case nonautoregressive
  /// The second drafts, the first scores the drafts, and translates where none is good enough.
  case auto
}

/// What a caller asks of a translator: which translations are looked for, and of which text.
///
/// Requests with the same decoder and search share batches; they may differ in everything else.
public struct TranslationRequest: Sendable, Equatable {
  /// Which translations are looked for, and how many are returned.
  public var search = SearchOptions()
  /// The decoder to translate with; nil: the only one that the model has, or ``DecoderChoice/auto``.
  public var decoder: DecoderChoice?
  /// Mean log-probability of a token that a draft must reach, with ``DecoderChoice/auto``.
  ///
  /// By the default a model of 44.2 BLEU with a beam of 5 on Multi30k's validation text, and of 39.8 by its drafts alone,
  /// has 43.7; by -1 it has 42.3.
  public var draftThreshold = -0.4
  /// Source tokens above which a line is translated in pieces.
  ///
  /// Models do poorly on sentences longer than those of their training text.
  public var maxSourceLength = 200
  /// The tag of every line, such as `<2de>`, for a model that was trained with tags; nil: each line may begin with
  /// one of its own.
  ///
  /// With a tag given, lines are text from their first character on: one that spells a tag does not have it. So a
  /// program that passes on what others write decides alone what language they get.
  public var sourceTag: String?

  /// A beam of 5, one translation a line.
  public init() {}

  /// Checks every value that does not depend on the model.
  public func validate() throws(TranslationError) {
    try requireRange("maximum source length", maxSourceLength, 1...100_000)
    do { _ = try SearchPlan(search) } catch { throw .search(error) }
  }
}

public import Tokens

/// A source sentence and its translation, as ids without `</s>`.
public struct SentencePair: Sendable, Equatable {
  /// Ids of the source sentence.
  public var source: ArraySlice<TokenID>
  /// Ids of the target sentence.
  public var target: ArraySlice<TokenID>
  /// The word alignment, if the corpus was loaded with alignments.
  public var alignment: PairAlignment?

  /// A pair of sentences.
  public init(source: ArraySlice<TokenID>, target: ArraySlice<TokenID>, alignment: PairAlignment? = nil) {
    (self.source, self.target, self.alignment) = (source, target, alignment)
  }
}

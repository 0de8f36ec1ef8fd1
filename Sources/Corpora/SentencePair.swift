public import Text

/// A source sentence and its translation, as ids without `</s>`.
public struct SentencePair: Sendable, Equatable {
  /// Ids of the source sentence.
  public var source: ArraySlice<TokenID>
  /// Ids of the target sentence.
  public var target: ArraySlice<TokenID>

  /// A pair of sentences.
  public init(source: ArraySlice<TokenID>, target: ArraySlice<TokenID>) {
    (self.source, self.target) = (source, target)
  }
}

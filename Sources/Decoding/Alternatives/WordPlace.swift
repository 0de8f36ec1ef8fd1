public import Tokens

/// A place in a translation whose likely next words are wanted, each with the rest of the translation.
public struct WordPlace: Sendable, Equatable {
  /// The tokens of the words before it.
  public var before: [TokenID]
  /// How the word begins; nil if nothing of it is given.
  public var beginning: TokenPrefix?
  /// How many words are wanted; 1 or more.
  public var count: Int

  /// A place behind some words, and possibly within the next one.
  public init(after before: [TokenID], beginning: TokenPrefix? = nil, count: Int = 5) {
    (self.before, self.beginning, self.count) = (before, beginning, count)
  }

  /// All tokens that occur in it.
  var tokens: [TokenID] { before + (beginning?.tokens ?? []) }

  func mappingTokens(_ transform: (TokenID) -> TokenID) -> WordPlace {
    WordPlace(
      after: before.map(transform), beginning: beginning?.mappingTokens(transform), count: count)
  }
}

/// The word of a hypothesis that was one of several at a ``WordPlace``.
public struct NextWord: Sendable, Equatable {
  /// Where its tokens are in the hypothesis; empty if the translation ends there.
  public var tokens: Range<Int>
  /// Its probability, given the source, what comes before, and its beginning; at most 1.
  public var probability: Double
}

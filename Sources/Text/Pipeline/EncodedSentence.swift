public import Tokens

/// A sentence as token ids, with the text of what the vocabulary cannot spell.
///
/// A run of characters within one word that training never saw becomes one `<unk>`, and its text is kept. What
/// the model then writes as `<unk>` is replaced by that text again, so that names, emoji and foreign scripts
/// pass through a translation unharmed.
public struct EncodedSentence: Sendable, Equatable {
  /// Token ids; the beginning and end tokens are not among them.
  public var ids: [TokenID]
  /// The text behind each ``SpecialTokens/unknown`` of ``ids``, in order.
  public var unknowns: [UnknownText]

  /// A sentence of the given ids.
  public init(ids: [TokenID] = [], unknowns: [UnknownText] = []) {
    (self.ids, self.unknowns) = (ids, unknowns)
  }

  /// The sentence with a tag before it; without text there is nothing to put a tag before.
  package func behind(_ tag: TokenID?) -> EncodedSentence {
    guard let tag, !ids.isEmpty else { return self }
    return EncodedSentence(ids: [tag] + ids, unknowns: unknowns)
  }
}

/// The text that a `<unk>` stands for.
public struct UnknownText: Sendable, Hashable {
  /// The text as UTF-8, part of one word.
  public var bytes: [UInt8]
  /// Whether the word continues after it.
  public var continuesWord: Bool

  /// A piece of text, part of one word.
  public init(bytes: [UInt8], continuesWord: Bool) {
    (self.bytes, self.continuesWord) = (bytes, continuesWord)
  }
}

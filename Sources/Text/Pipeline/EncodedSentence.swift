public import Tokens

/// A sentence as token ids, with the text that the vocabulary cannot spell.
///
/// A word that the vocabulary cannot spell becomes one `<unk>`, and its text is kept. Each `<unk>` in the translation is
/// replaced with that text, so names, emoji and foreign scripts come through unchanged.
public struct EncodedSentence: Sendable, Equatable {
  /// Token ids, without beginning and end tokens.
  public var ids: [TokenID]
  /// The text behind each ``SpecialTokens/unknown`` of ``ids``, in order.
  public var unknowns: [UnknownText]
  /// The text behind each span token, by its number; empty if there are none in ``ids``.
  public var spans: [UnknownText]

  /// A sentence of the given ids.
  public init(ids: [TokenID] = [], unknowns: [UnknownText] = [], spans: [UnknownText] = []) {
    (self.ids, self.unknowns, self.spans) = (ids, unknowns, spans)
  }

  /// The sentence preceded by a tag; a sentence without text gets none.
  package func behind(_ tag: TokenID?) -> EncodedSentence {
    guard let tag, !ids.isEmpty else { return self }
    return EncodedSentence(ids: [tag] + ids, unknowns: unknowns, spans: spans)
  }
}

/// The text that an `<unk>` or a span token stands for.
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

/// The ids of the tokens that do not stand for text.
///
/// They belong to a vocabulary and the models trained with it; there are no fixed values. Two roles may share an id, as
/// in models whose decoder starts with the padding token.
public struct SpecialTokens: Sendable, Hashable {
  /// The padding of short sentences in other toolkits, which no sentence contains; may be ``absent``.
  public var padding: TokenID
  /// The first token that an autoregressive decoder reads; ``absent`` if the decoder reads zeros instead.
  public var beginning: TokenID
  /// Ends every source and every target sentence.
  public var end: TokenID
  /// Stands for a piece of text that the vocabulary cannot represent.
  public var unknown: TokenID

  /// The ids given.
  public init(padding: TokenID, beginning: TokenID, end: TokenID, unknown: TokenID) {
    (self.padding, self.beginning, self.end, self.unknown) = (padding, beginning, end, unknown)
  }

  /// In place of the id of a token that a vocabulary does not have.
  public static let absent: TokenID = -1

  /// The ids of a vocabulary that begins with its special tokens: `<pad>`, `<s>`, `</s>`, `<unk>`.
  public static let standard = SpecialTokens(padding: 0, beginning: 1, end: 2, unknown: 3)

  /// The names of the ``standard`` tokens, in order of their ids.
  public static let standardNames = ["<pad>", "<s>", "</s>", "<unk>"]

  /// All distinct ids, in ascending order, without ``absent``.
  public var ids: [TokenID] {
    let sorted = [padding, beginning, end, unknown].filter { $0 != Self.absent }.sorted()
    return sorted.indices.filter { $0 == 0 || sorted[$0 - 1] != sorted[$0] }.map { sorted[$0] }
  }

  /// Whether a token is one of them.
  public func contains(_ id: TokenID) -> Bool {
    id == padding || id == beginning || id == end || id == unknown
  }
}

extension SpecialTokens {
  /// Whether a model can use a vocabulary with these tokens: all are the same, but the model's decoder may start with
  /// zeros, with the padding token or with the end token instead of the beginning token.
  public func suit(model other: SpecialTokens) -> Bool {
    var tokens = self
    if [Self.absent, padding, end].contains(other.beginning) { tokens.beginning = other.beginning }
    return tokens == other
  }
}

extension SpecialTokens: CustomStringConvertible {
  /// The ids by their roles.
  public var description: String {
    [("padding", padding), ("beginning", beginning), ("end", end), ("unknown", unknown)]
      .map { "\($0) \($1 == Self.absent ? "none" : "\($1)")" }.joined(separator: ", ")
  }
}

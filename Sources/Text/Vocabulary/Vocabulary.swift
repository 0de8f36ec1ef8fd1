public import Tokens

/// The tokens a model knows, by number.
///
/// Ids 0 to 3 are the special tokens of ``SpecialToken``, behind them come the ``tags``, where there are any. All
/// others are subwords: `x@@` within a word, `x` at the end of one. A subword at the end of a word never itself ends in `@@`, so that the two cannot be
/// mistaken for each other.
public struct Vocabulary: Sendable {
  /// Entry `i` is token `i`.
  private var tokens = ByteStringTable()
  private var continuing: [Bool] = []
  /// Tags, which stand behind the special tokens.
  let tagCount: Int

  /// The special tokens and tags alone.
  ///
  /// - Precondition: the tags have no problem, see ``TagForm``.
  init(tags: [String] = []) {
    precondition(TagForm.problem(of: tags) == nil, "Vocabulary: \(TagForm.problem(of: tags) ?? "")")
    tagCount = tags.count
    for name in SpecialToken.names + tags { _ = append(Array(name.utf8).span) }
  }

  /// Tokens, special ones included.
  public var count: Int { tokens.count }

  /// How a token is written, as UTF-8.
  ///
  /// - Precondition: `id` is less than ``count`` and not negative.
  public subscript(id: TokenID) -> ArraySlice<UInt8> { tokens[Int(id)] }

  /// The id of a token by its bytes, special tokens included; `nil` where it is not in the vocabulary.
  public func id(of token: Subword) -> TokenID? { find(token.bytes.span) }

  /// The id of a token by its bytes, special tokens and tags included.
  func find(_ bytes: Span<UInt8>) -> TokenID? { tokens.find(bytes).map { TokenID($0) } }

  /// The id of a subword; special tokens and tags are none, even where the text spells their names.
  func subwordID(_ bytes: Span<UInt8>) -> TokenID? {
    guard let id = find(bytes), id >= tagIDs.upperBound else { return nil }
    return id
  }

  /// Whether the word goes on behind this token; `false` for special tokens.
  public func continuesWord(_ id: TokenID) -> Bool { continuing[Int(id)] }

  /// A token's text without the mark of continuation.
  func text(of id: TokenID) -> ArraySlice<UInt8> {
    let bytes = tokens[Int(id)]
    return continuing[Int(id)] ? bytes.dropLast(BytePairEncoding.continuation.count) : bytes
  }

  /// Adds a token with the next id; returns the id it has already, where it has one.
  mutating func append(_ token: Span<UInt8>) -> Int {
    let index = tokens.insert(token)
    if index == continuing.count { continuing.append(hasContinuation(tokens[index])) }
    return index
  }
}

extension Vocabulary: Equatable {
  /// Whether the same tokens, and the same tags, have the same ids.
  public static func == (left: Vocabulary, right: Vocabulary) -> Bool {
    left.count == right.count && left.tagCount == right.tagCount
      && (0..<left.count).allSatisfy { left.tokens[$0] == right.tokens[$0] }
  }
}

/// Whether bytes end in `@@`.
func hasContinuation(_ bytes: ArraySlice<UInt8>) -> Bool {
  bytes.suffix(BytePairEncoding.continuation.count) == BytePairEncoding.continuation[...]
}

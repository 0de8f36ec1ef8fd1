/// The tokens a model knows, by number.
///
/// Ids 0 to 3 are the special tokens of ``SpecialToken``. All others are subwords: `x@@` within a word, `x` at
/// the end of one. A subword at the end of a word never itself ends in `@@`, so that the two cannot be
/// mistaken for each other.
public struct Vocabulary: Sendable {
  /// Entry `i` is token `i`.
  private var tokens = ByteStringTable()
  private var continuing: [Bool] = []

  /// The special tokens alone.
  init() {
    for name in SpecialToken.names { _ = append(Array(name.utf8).span) }
  }

  /// Tokens, special ones included.
  public var count: Int { tokens.count }

  /// How a token is written, as UTF-8.
  ///
  /// - Precondition: `id` is less than ``count`` and not negative.
  public subscript(id: TokenID) -> ArraySlice<UInt8> { tokens[Int(id)] }

  /// The id of a token by its bytes, special tokens included; `nil` where it is not in the vocabulary.
  public func id(of token: Subword) -> TokenID? { tokens.find(token.bytes.span).map { TokenID($0) } }

  /// The id of a subword; special tokens are none, even where the text spells their names.
  func subwordID(_ bytes: Span<UInt8>) -> TokenID? {
    guard let index = tokens.find(bytes), index >= SpecialToken.names.count else { return nil }
    return TokenID(index)
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
  /// Whether the same tokens have the same ids.
  public static func == (left: Vocabulary, right: Vocabulary) -> Bool {
    left.count == right.count && (0..<left.count).allSatisfy { left.tokens[$0] == right.tokens[$0] }
  }
}

/// Whether bytes end in `@@`.
func hasContinuation(_ bytes: ArraySlice<UInt8>) -> Bool {
  bytes.suffix(BytePairEncoding.continuation.count) == BytePairEncoding.continuation[...]
}

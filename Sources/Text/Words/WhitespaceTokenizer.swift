/// Splits lines only at spaces, for text that is already tokenized.
///
/// Like subword-nmt, it takes tabs and other white space for parts of words, except carriage returns and line feeds at
/// the ends of a line.
public struct WhitespaceTokenizer: WordTokenizer {
  /// Its name.
  public static let kind = TokenizerKind.whitespace

  /// A tokenizer; language and protected words are ignored, since spaces are the same in all languages, and words
  /// are never split.
  public init(language: String = "", protected: ProtectedWords = ProtectedWords()) {}

  /// The line with each run of spaces replaced by one, and none at the ends.
  public func tokenize(_ line: [UInt8]) -> [UInt8] {
    var tokens: [UInt8] = []
    tokens.reserveCapacity(line.count)
    let span = line.span
    var words = WordRanges(of: span)
    while let range = words.next(in: span) {
      if !tokens.isEmpty { tokens.append(0x20) }
      tokens += line[range]
    }
    return tokens
  }

  /// The word unchanged.
  public static func copied(_ word: [UInt8]) -> [UInt8] { word }

  /// The tokens unchanged.
  public static func detokenize(_ tokens: [UInt8]) -> [UInt8] { tokens }
}

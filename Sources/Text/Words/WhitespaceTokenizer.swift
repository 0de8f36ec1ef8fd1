/// Splits lines only at white space, for text that is already tokenized.
public struct WhitespaceTokenizer: WordTokenizer {
  /// Its name.
  public static let kind = TokenizerKind.whitespace

  /// A tokenizer; language and protected words are ignored, since white space is the same in all languages, and words
  /// are never split.
  public init(language: String = "", protected: ProtectedWords = ProtectedWords()) {}

  /// The line with each run of ASCII white space replaced by one space, and none at the ends.
  public func tokenize(_ line: [UInt8]) -> [UInt8] {
    var tokens: [UInt8] = []
    tokens.reserveCapacity(line.count)
    var isBetween = false
    for byte in line {
      if byte == 0x20 || 0x09...0x0D ~= byte {
        isBetween = !tokens.isEmpty
      } else {
        if isBetween { tokens.append(0x20) }
        isBetween = false
        tokens.append(byte)
      }
    }
    return tokens
  }

  /// The tokens unchanged.
  public static func detokenize(_ tokens: [UInt8]) -> [UInt8] { tokens }
}

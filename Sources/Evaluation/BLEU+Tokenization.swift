extension BLEU {
  /// How a line becomes words; the names are sacreBLEU's.
  public enum Tokenization: String, Sendable, CaseIterable {
    /// NIST's `mteval-v13a`: punctuation apart from words, but not inside numbers. For European languages.
    case mteval13a = "13a"
    /// Words are what stands between spaces, for text that is tokenized already.
    case none
    /// Every Chinese character by itself, the rest as 13a.
    case chinese = "zh"
    /// NIST's `mteval-v14`: punctuation and symbols of all scripts apart from words.
    case international = "intl"
    /// Every character by itself.
    case character = "char"

    /// The line with spaces between its words; it is valid UTF-8 without white space at its end.
    func separate(_ line: [UInt8]) -> [UInt8] {
      switch self {
      case .none: line
      case .mteval13a: tokenize13a(line)
      case .chinese: tokenizeChinese(line)
      case .international: tokenizeInternational(line)
      case .character: utf8(of: scalars(of: line).flatMap { [$0, 0x20] })
      }
    }
  }
}

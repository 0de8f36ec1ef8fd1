extension BLEU {
  /// How a line is split into words, with sacreBLEU's names.
  public enum Tokenization: String, Sendable, CaseIterable {
    /// NIST's `mteval-v13a`: separates punctuation from words, but not inside numbers. For European languages.
    case mteval13a = "13a"
    /// Splits at spaces only, for text that is already tokenized.
    case none
    /// Splits Chinese text into characters, and the rest like 13a.
    case chinese = "zh"
    /// NIST's `mteval-v14`: separates punctuation and symbols of all scripts from words.
    case international = "intl"
    /// Splits into characters.
    case character = "char"

    /// The line with spaces between its words; the line must be valid UTF-8 without trailing whitespace.
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

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

    /// Calls `body` with each word of a line: with bytes and the word's range in them.
    ///
    /// The line must be valid UTF-8 without trailing whitespace.
    func forEachWord(in line: [UInt8], _ body: ([UInt8], Range<Int>) -> Void) {
      switch self {
      case .none: Evaluation.forEachWord(in: line) { body(line, $0) }
      case .mteval13a: forEachWord13a(in: line, body)
      case .chinese: forEachPunctuatedWord(in: separatingChinese(line), endsAreDigits: true, body)
      case .international: forEachInternationalWord(in: line, body)
      case .character: forEachCharacter(in: line) { body(line, $0) }
      }
    }
  }
}

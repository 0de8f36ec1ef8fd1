/// The tokenizers that cut lines into words, by the names that commands and `pipeline.json` have for them.
public enum TokenizerKind: String, Sendable, CaseIterable {
  /// ICU's word boundaries, see ``ICUTokenizer``.
  case icu
  /// White space, for text that is tokenized already; see ``WhitespaceTokenizer``.
  case whitespace
}

/// Cuts lines into words and joins words to lines: what stands on either side of byte pair encoding.
public protocol WordTokenizer: Sendable {
  /// Its name.
  static var kind: TokenizerKind { get }

  /// A tokenizer for a language.
  ///
  /// - Parameter language: BCP 47 code of the text's language, "" for none in particular.
  init(language: String)

  /// The words of a line, separated by single spaces.
  ///
  /// - Parameter line: UTF-8 without a line feed.
  /// - Returns: UTF-8; empty for an empty line.
  func tokenize(_ line: [UInt8]) -> [UInt8]

  /// The line that words were cut from, whatever words a model may have put together.
  ///
  /// - Parameter tokens: UTF-8, words separated by white space.
  /// - Returns: one line, without a line feed.
  static func detokenize(_ tokens: [UInt8]) -> [UInt8]
}

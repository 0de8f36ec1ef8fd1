/// The word tokenizers, by their names in commands and `pipeline.json`.
public enum TokenizerKind: String, Sendable, CaseIterable {
  /// ICU's word boundaries; see ``ICUTokenizer``.
  case icu
  /// Spaces, for text that is already tokenized; see ``WhitespaceTokenizer``.
  case whitespace
}

/// Splits lines into words and joins words to lines, before and after byte pair encoding.
public protocol WordTokenizer: Sendable {
  /// Its name.
  static var kind: TokenizerKind { get }

  /// A tokenizer for a language.
  ///
  /// - Parameters:
  ///   - language: BCP 47 code of the text's language, or "" for no particular one.
  ///   - protected: words that stay whole.
  init(language: String, protected: ProtectedWords)

  /// The words of a line, separated by single spaces.
  ///
  /// - Parameter line: UTF-8 without a line feed.
  /// - Returns: UTF-8; empty for an empty line.
  func tokenize(_ line: [UInt8]) -> [UInt8]

  /// A word that was copied from another text, as ``detokenize(_:)`` expects it.
  ///
  /// - Parameter word: UTF-8, a word of another line.
  /// - Returns: UTF-8.
  static func copied(_ word: [UInt8]) -> [UInt8]

  /// Joins words to a line; a model may have produced words in any order.
  ///
  /// - Parameter tokens: UTF-8, words separated by white space.
  /// - Returns: one line, without a line feed.
  static func detokenize(_ tokens: [UInt8]) -> [UInt8]
}

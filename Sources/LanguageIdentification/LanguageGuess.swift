/// A language that a text may be in.
public struct LanguageGuess: Sendable, Hashable {
  /// The language as a BCP 47 code, with a script where a language has two: `de`, `zh-Hant`, `sr-Latn`.
  public let language: String
  /// The probability that the text is in this language, from 0 to 1.
  ///
  /// It is low for text with few letters, and for text in several scripts each language has the share of its script.
  public let confidence: Double

  /// A language with its probability.
  public init(language: String, confidence: Double) {
    (self.language, self.confidence) = (language, confidence)
  }
}

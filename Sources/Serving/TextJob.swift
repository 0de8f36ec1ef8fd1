public import CorpusFormats
public import Terminology
public import Text
public import Translation

/// What a request wants translated, and how.
public struct TextJob: Sendable {
  /// How a text is written.
  public enum Format: String, Sendable {
    /// Plain text; its line ends stay.
    case text
    /// HTML, whose markup stays.
    case html
    /// XML, whose markup stays.
    case xml
  }

  /// The texts.
  public var texts: [String]
  /// The language of the texts.
  public var source: Language
  /// The language to translate to.
  public var target: Language
  /// How the texts are written.
  public var format = Format.text
  /// What tags mean, in HTML and XML.
  public var markup = MarkupRules()
  /// The number of other translations of each text.
  public var alternatives = 0
  /// Terms with the translations that they must have; nil for none.
  public var glossary: Glossary?
  /// Whose job it is: all jobs of a client have one share of the threads.
  public var client: String?
  /// Whether lines are split into sentences.
  public var splitting = SentenceSplitting.automatic

  /// A job with the defaults.
  public init(_ texts: [String], from source: Language, to target: Language) {
    (self.texts, self.source, self.target) = (texts, source, target)
  }
}

/// The translation of a text.
public struct TranslatedText: Sendable, Equatable {
  /// The best translation.
  public var text: String
  /// Others, best first, without those that are equal.
  public var alternatives: [String] = []
}

/// Why a text was not translated.
public enum TextJobError: Error, Equatable {
  /// There is no model for the direction.
  case noRoute
  /// There are terms, but two models, the second of which does not see them.
  case glossaryNeedsOneModel
  /// There are terms, but the model does not take any, such as a non-autoregressive one.
  case glossaryRefused(TranslationError)
  /// The server has more to do than it may keep waiting.
  case overloaded
}

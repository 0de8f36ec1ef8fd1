public import Terminology
public import Text

/// A line to translate, with what only this line asks for.
///
/// What all lines of a call ask for is in ``TranslationRequest``.
public struct SourceLine: Sendable, Equatable {
  /// The text as UTF-8, without a line end; invalid bytes are repaired and reported.
  public var text: [UInt8]
  /// The line's tag, such as `<2de>`, if the model was trained with tags; nil for ``TranslationRequest/sourceTag``.
  ///
  /// The line is then plain text from its first character on.
  public var tag: String?
  /// How the translation begins, possibly within a word; nil if it is free.
  ///
  /// The line is then translated as a whole, even if it has several sentences. Only autoregressive decoders follow it.
  public var prefix: String?
  /// The whole translation, if there is nothing to search, only to score; nil to translate.
  public var translation: String?
  /// Several translations to score and rank, such as the best of another model; empty to translate.
  public var nBest: [String] = []
  /// Where the likely next words are wanted, each with the rest of the translation; nil to translate.
  ///
  /// The number of characters (Unicode scalars) of ``translation``, or of ``prefix``, before that place; all of them if it has
  /// fewer. Within a word, the words that begin so are found. ``TranslationRequest/search``'s number of translations says how many, 5
  /// if it is 1.
  public var alternativesAt: Int?
  /// Terms of this line, in addition to ``TranslationRequest/glossary``, before which they count.
  public var terms: [Glossary.Term] = []
  /// What must be in its translation as it is, by place, besides what ``TranslationRequest/protection`` finds.
  ///
  /// Spans do not overlap, and are in order.
  public var spans: [ProtectedSpan] = []
  /// Regular expressions of ICU for more spans of this line.
  public var protectedPatterns: [String] = []
  /// Whether anything is protected in this line.
  public var isProtected = true

  /// A line of UTF-8.
  public init(utf8 text: [UInt8]) { self.text = text }

  /// A line.
  public init(_ text: String) { self.init(utf8: Array(text.utf8)) }

  /// Whether it asks for something that only a search with an autoregressive decoder can do.
  var needsSearch: Bool { prefix != nil || alternativesAt != nil || !given.isEmpty || !terms.isEmpty }

  /// The translations to score.
  var given: [String] { alternativesAt == nil ? (translation.map { [$0] } ?? []) + nBest : [] }

  /// What comes before the place of alternatives; nil if none are wanted.
  var beforeAlternatives: String? {
    alternativesAt.map { count in
      String(String.UnicodeScalarView((translation ?? prefix ?? "").unicodeScalars.prefix(max(0, count))))
    }
  }
}

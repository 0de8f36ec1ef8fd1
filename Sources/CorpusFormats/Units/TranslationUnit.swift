/// How far the translation of a unit is.
public enum TranslationState: String, Sendable, CaseIterable {
  /// A person has translated or accepted it, as far as the file says.
  case translated
  /// There is a translation that someone should look at: `fuzzy` in catalogs, drafts, machine translation.
  case needsReview = "needs-review"
  /// There is none.
  case untranslated
  /// It should stay as it is.
  case doNotTranslate = "do-not-translate"
}

/// A unit of a translation file: a message, a segment, or an entry of a memory.
public struct TranslationUnit: Sendable, Equatable {
  /// The identifier in the file; empty if there is none.
  public var id = ""
  /// What tells it apart from units with the same text, such as a catalog's `msgctxt`.
  public var context = ""
  /// Notes for translators.
  public var notes: [String] = []
  /// The code of the source language as in the file; empty if the file does not say.
  public var sourceLanguage = ""
  /// The code of the target language as in the file.
  public var targetLanguage = ""
  /// The source text; for a message with plural forms the singular and the plural.
  public var source: [TaggedText] = []
  /// Translations; memories may have several.
  ///
  /// Each has one text, or one for each plural form.
  public var targets: [[TaggedText]] = []
  /// How far the translation is.
  public var state = TranslationState.untranslated
  /// The plural form that the singular takes in the target language, counted from 0.
  public var singularForm = 0

  /// An empty unit.
  public init() {}

  /// Appends a note; of very many, only the first are kept.
  mutating func add(note: String) {
    if notes.count < 100, !note.isEmpty { notes.append(note) }
  }

  /// Whether it has a translation with text.
  public var hasTranslation: Bool { targets.contains { $0.contains { !$0.isEmpty } } }

  /// Pairs of a source and a target text, both with text other than white space and tags.
  ///
  /// The singular goes with the plural form that it takes, the plural with all others; if there is only one form, the
  /// plural goes with that.
  public var pairs: [(source: TaggedText, target: TaggedText)] {
    var pairs: [(source: TaggedText, target: TaggedText)] = []
    guard let first = source.first, let last = source.last else { return [] }
    for forms in targets {
      for (index, form) in forms.enumerated() {
        let isSingular = index == singularForm && forms.count > 1 || source.count == 1
        let source = isSingular ? first : last
        if source.hasText, form.hasText { pairs.append((source, form)) }
      }
    }
    return pairs
  }
}

/// A term of a glossary in its languages.
public struct GlossaryEntry: Sendable, Equatable {
  /// A word or phrase.
  public struct Term: Sendable, Equatable {
    /// The code of its language as in the file.
    public var language: String
    /// The word or phrase.
    public var text: String
    /// How it should be used, such as `preferred` or `deprecated`; empty if the file does not say.
    public var status: String
  }

  /// The identifier in the file; empty if there is none.
  public var id = ""
  /// The subject field; empty if there is none.
  public var subject = ""
  /// The definition; empty if there is none.
  public var definition = ""
  /// Its terms in all languages, in the order of the file.
  public var terms: [Term] = []

  /// An empty entry.
  public init() {}
}

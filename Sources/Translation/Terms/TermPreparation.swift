import Decoding
import Terminology
import Text
import Tokens

/// Finds the terms of pieces of lines, and what their translations must contain therefore.
struct TermPreparation: Sendable {
  private let matcher: TermMatcher
  private let pipeline: TextPipeline

  /// - Parameters:
  ///   - glossary: the terms.
  ///   - mode: how their words are compared with those of the text.
  ///   - pipeline: the model's.
  init(_ glossary: Glossary, mode: TermMatcher.Mode, _ pipeline: TextPipeline) {
    matcher = TermMatcher(glossary, language: pipeline.settings.sourceLanguage, mode: mode)
    self.pipeline = pipeline
  }

  private init(_ matcher: TermMatcher, _ pipeline: TextPipeline) {
    (self.matcher, self.pipeline) = (matcher, pipeline)
  }

  /// The same with more terms, which count before those it has.
  func adding(_ terms: [Glossary.Term]) -> TermPreparation {
    TermPreparation(matcher.adding(terms), pipeline)
  }

  /// The terms in a piece, in order.
  func terms(in text: [UInt8]) -> [Glossary.Term] {
    matcher.matches(in: text).map { matcher.glossary.terms[$0.term] }
  }

  /// The phrases that the translation of a piece must contain.
  ///
  /// - Parameters:
  ///   - text: the piece, as UTF-8.
  ///   - sentence: its ids.
  /// - Returns: one for each term that the vocabulary can spell, in order.
  func phrases(in text: [UInt8], _ sentence: EncodedSentence) -> [RequiredPhrase] {
    let matches = matcher.matches(in: text)
    if matches.isEmpty { return [] }
    let places = pipeline.visiblePlaces(of: sentence, side: .source)
    return matches.compactMap { match in
      let targets = matcher.glossary.terms[match.term].targets
      let forms = targets.compactMap { Self.spelling($0, pipeline) }
      if forms.isEmpty { return nil }
      let start = visibleCount(of: text[..<match.range.lowerBound])
      let end = start + visibleCount(of: text[match.range])
      return RequiredPhrase(
        alternatives: forms,
        initialAlternatives: targets.compactMap { Self.spelling(Self.capitalized($0), pipeline) },
        sourceTokens: TextPipeline.ids(at: start..<end, places))
    }
  }

  /// The ids of a form, as it is and as the first word of a sentence.
  static func spellings(_ form: String, _ pipeline: TextPipeline) -> [[TokenID]] {
    [form, capitalized(form)].compactMap { spelling($0, pipeline) }
  }

  /// The ids of a form; nil with characters that the vocabulary lacks.
  private static func spelling(_ form: String, _ pipeline: TextPipeline) -> [TokenID]? {
    let ids = pipeline.encode(text: Array(form.utf8), side: .target).ids
    return ids.isEmpty || ids.contains(pipeline.specialTokens.unknown) ? nil : ids
  }

  private static func capitalized(_ form: String) -> String {
    form.prefix(1).uppercased() + form.dropFirst()
  }
}

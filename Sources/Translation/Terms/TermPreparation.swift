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

  /// Finds the terms of a piece, and asks for their translations.
  func apply(to piece: inout LineCutter.Piece) {
    let matches = matcher.matches(in: piece.text)
    if matches.isEmpty { return }
    let places = pipeline.visiblePlaces(of: piece.sentence, side: .source)
    for match in matches {
      let term = matcher.glossary.terms[match.term]
      piece.terms.append(term)
      // What the vocabulary cannot spell is only checked.
      let forms = term.targets.compactMap { Self.spelling($0, pipeline) }
      if forms.isEmpty { continue }
      let start = count(before: match.range.lowerBound, in: piece)
      let end = start + visibleCount(of: piece.text[match.range])
      piece.guide.required.append(
        RequiredPhrase(
          alternatives: forms,
          initialAlternatives: term.targets.compactMap { Self.spelling(Self.capitalized($0), pipeline) },
          sourceTokens: TextPipeline.ids(at: start..<end, places)))
    }
    if !piece.guide.required.isEmpty { piece.guide.joints = WordJoints(pipeline) }
  }

  /// The number of visible characters before a place, as the model reads the piece.
  private func count(before place: Int, in piece: LineCutter.Piece) -> Int {
    let text = Array(piece.text[..<place])
    return visibleCount(of: (piece.spans?.line.restored(in: text) ?? text)[...])
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

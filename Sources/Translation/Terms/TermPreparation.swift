import Decoding
import Terminology
import Text
import Tokens

/// Finds the terms of pieces of lines, and what their translations must contain therefore.
struct TermPreparation: Sendable {
  /// The most terms of a piece whose translations are searched for; the time grows faster than their number.
  ///
  /// Further ones are only checked. A sentence that someone wrote has fewer.
  private static let mostRequired = 20

  private var matcher: TermMatcher
  private let use: TermUse
  private let pipeline: TextPipeline
  private let longestSource: Int

  /// - Parameters:
  ///   - matcher: the terms, and how their words are compared with those of the text.
  ///   - use: what they do to translations.
  ///   - pipeline: the model's.
  ///   - longestSource: the most ids of a sentence that the model can read, a tag included.
  init(_ matcher: TermMatcher, _ use: TermUse, _ pipeline: TextPipeline, longestSource: Int) {
    self.matcher = matcher
    (self.use, self.pipeline, self.longestSource) = (use, pipeline, longestSource)
  }

  /// The same with more terms, which count before those it has.
  func adding(_ terms: [Glossary.Term]) -> TermPreparation {
    var result = self
    result.matcher = matcher.adding(terms)
    return result
  }

  /// Finds the terms of a piece, and asks for their translations.
  func apply(to piece: inout LineCutter.Piece) {
    let matches = matcher.matches(in: piece.text)
    if matches.isEmpty { return }
    let terms = matches.map { matcher.glossary.terms[$0.term] }
    piece.terms += terms
    if use.annotates { annotate(&piece, matches) }
    guard use.requires else { return }
    let places = pipeline.visiblePlaces(of: piece.sentence, side: .source)
    for (match, term) in zip(matches, terms) where piece.guide.required.count < Self.mostRequired {
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

  /// Lets the model read the preferred translations of terms behind them.
  private func annotate(_ piece: inout LineCutter.Piece, _ matches: [TermMatcher.Match]) {
    for match in matches {
      let form = matcher.glossary.terms[match.term].targets[0]
      // What the vocabulary cannot spell is only searched for.
      guard let translation = pipeline.annotation(Array(form.utf8)) else { continue }
      piece.annotated.terms.append(.init(text: Array(piece.text[match.range]), translation: translation))
    }
    let text = piece.spans?.line.restored(in: piece.text) ?? piece.text
    piece.sentence = piece.annotated.apply(
      to: piece.sentence, of: text, pipeline, longest: longestSource)
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

import Decoding
import Files
import Terminology
import Text
import Tokens

/// Prepares lines for the model: repairs UTF-8, splits sentences, encodes, and cuts sentences that are too long.
struct LinePreparation: Sendable {
  /// A prepared line.
  struct Line {
    /// Its pieces, each preceded by the line's tag; none if the line is blank.
    var pieces: [LineCutter.Piece] = []
    /// The protected spans of the line; nil without any.
    var spans: LineSpans?
    /// The white space at the ends of the line.
    var leading: [UInt8] = []
    var trailing: [UInt8] = []
    var wasRepaired = false
    /// The texts of its translations, if they are given.
    var given: [[UInt8]] = []
    /// Whether translations are given, but the model can read only the beginning of the line.
    var isCut = false
    /// Whether the line begins with a tag that counts as text, because the request sets the tag.
    var tagIsText = false
  }

  private let pipeline: TextPipeline
  private let tag: LineTag
  private let splitter: SentenceSplitter?
  private let cutter: LineCutter
  /// Cuts only what the model cannot read.
  private let wholeCutter: LineCutter
  private let terms: TermPreparation?
  /// What is made of the translations of pieces.
  let output: PieceOutput
  /// The number of alternatives at a place.
  private let alternativeCount: Int
  private let noTerms: TermPreparation
  private let forbidden: [[TokenID]]
  private let speller: PrefixSpeller
  private let spans: SpanPreparation
  private let insertsMissing, searchesAgain: Bool

  /// - Parameters:
  ///   - pipeline: encodes text.
  ///   - tag: which tag lines have.
  ///   - splitter: splits lines into sentences; nil to translate several at once.
  ///   - maxSourceLength: maximum number of tokens in a piece, not counting the tag.
  ///   - longestSource: the same for a line whose translation is given.
  ///   - terms: finds terms; nil without a glossary.
  ///   - termUse: what terms of a line's own do to its translation.
  ///   - forbidden: words that no translation may contain.
  ///   - alternativeCount: the number of words at a place where they are wanted.
  ///   - protection: what translations must contain as it is.
  ///   - searchesAgain: whether lines are translated again that lack it.
  ///   - output: what is made of the translations of pieces.
  init(
    pipeline: TextPipeline, tag: LineTag, splitter: SentenceSplitter?, maxSourceLength: Int,
    longestSource: Int,
    terms: TermPreparation? = nil, termUse: TermUse = .require, forbidden: [String] = [],
    alternativeCount: Int = 5,
    protection: Protection = .none, searchesAgain: Bool = true, output: PieceOutput = PieceOutput()
  ) {
    (self.output, self.alternativeCount) = (output, alternativeCount)
    self.searchesAgain = searchesAgain
    spans = SpanPreparation(protection, pipeline)
    insertsMissing = protection.missing == .insert
    (self.pipeline, self.tag, self.splitter, self.terms) = (pipeline, tag, splitter, terms)
    noTerms = TermPreparation(
      TermMatcher(Glossary(), language: pipeline.settings.sourceLanguage), termUse, pipeline,
      longestSource: longestSource)
    speller = PrefixSpeller(pipeline)
    self.forbidden = forbidden.flatMap { TermPreparation.spellings($0, pipeline) }
    cutter = LineCutter(limit: maxSourceLength, unknown: pipeline.specialTokens.unknown)
    wholeCutter = LineCutter(limit: longestSource, unknown: pipeline.specialTokens.unknown)
  }

  /// Prepares a line.
  ///
  /// - Throws: ``VocabularyError/unknownTag(found:known:)`` if the line has a tag that the model does not know.
  func prepare(_ source: SourceLine) throws(VocabularyError) -> Line {
    var (line, prepared) = (source.text, Line())
    prepared.wasRepaired = repairUTF8(&line)
    prepared.given = source.given.map { Array($0.utf8) }
    let vocabulary = pipeline.vocabulary(.source)
    let tag = source.tag == nil ? tag : try LineTag(source.tag, in: pipeline)
    let (id, ownText) = tag.cut(line, vocabulary)
    if isBlank(ownText) { return prepared }
    prepared.tagIsText = tag != .own && vocabulary.cutTag(off: line).tag != nil
    let body = WhiteSpace.trimmed(ownText)
    (prepared.leading, prepared.trailing) = (
      Array(ownText[..<body.startIndex]), Array(ownText[body.endIndex...])
    )
    let isGiven = !prepared.given.isEmpty
    var text = Array(body)
    prepared.spans = spans.replaceSpans(
      of: &text, from: line.count - ownText.endIndex + body.startIndex, of: source)
    let isWhole = isGiven || source.alternativesAt != nil || !(source.prefix ?? "").isEmpty
    let sentences = isWhole ? [0..<text.count] : sentences(of: text, prepared.spans)
    let terms = terms(of: source)
    for (index, sentence) in sentences.enumerated() {
      let next = index + 1 < sentences.count ? sentences[index + 1].lowerBound : sentence.upperBound
      prepared.add(
        pieces(of: Array(text[sentence]), id, terms, prepared.spans, isGiven ? wholeCutter : cutter),
        before: text[sentence.upperBound..<next])
    }
    if isGiven {
      prepared.score(
        prepared.given.map { pipeline.encode(text: $0, side: .target) }, pipeline.specialTokens.end)
    } else if let before = source.beforeAlternatives, !prepared.pieces.isEmpty {
      prepared.pieces[0].guide.place = speller.place(after: before, count: alternativeCount)
      prepared.pieces[0].guide.joints = WordJoints(pipeline)
    } else if isWhole, !prepared.pieces.isEmpty {
      prepared.pieces[0].guide.prefix = source.prefix.flatMap(speller.prefix)
    }
    return prepared
  }

  private func sentences(of text: [UInt8], _ spans: LineSpans?) -> [Range<Int>] {
    guard let splitter else { return [0..<text.count] }
    return spans.map { self.spans.sentences(of: text, $0, splitter) } ?? splitter.sentences(of: text)
  }

  /// What finds the terms of a line; nil if neither it nor the request has any.
  private func terms(of line: SourceLine) -> TermPreparation? {
    line.terms.isEmpty ? terms : (terms ?? noTerms).adding(line.terms)
  }

  /// The pieces of a sentence.
  private func pieces(
    of sentence: [UInt8], _ tag: TokenID?, _ terms: TermPreparation?, _ spans: LineSpans?,
    _ cutter: LineCutter
  ) -> [LineCutter.Piece] {
    // A piece from the middle of the line may begin with the characters of a tag, which are text there.
    let pieces = cutter.pieces(of: sentence) { text in
      spans.map { self.spans.encode(text, $0, copying: false) } ?? pipeline.encode(text: text, side: .source)
    }
    return pieces.map { piece in
      var piece = piece
      if let spans, spans.occur(in: piece.text[...]) {
        let copying = self.spans.encode(piece.text, spans, copying: true).behind(tag)
        piece.take(
          PieceSpans(
            spans, in: piece.text, insertsMissing: insertsMissing, searchesAgain: searchesAgain,
            copying: copying))
      }
      piece.sentence = piece.sentence.behind(tag)
      piece.guide.forbidden = forbidden
      terms?.apply(to: &piece)
      return piece
    }
  }
}

extension LineCutter.Piece {
  /// Notes the spans that are in the text, and leaves their markup out of it.
  fileprivate mutating func take(_ spans: PieceSpans) {
    text = spans.line.withoutMarkup(text)
    self.spans = spans
  }
}

extension LinePreparation.Line {
  /// Makes the line a single piece with these translations, which are scored.
  fileprivate mutating func score(_ translations: [EncodedSentence], _ end: TokenID) {
    guard !pieces.isEmpty else { return }
    isCut = pieces.count > 1
    pieces.removeLast(pieces.count - 1)
    pieces[0].given = translations
    pieces[0].guide.given = translations.map { $0.ids + [end] }
  }

  /// Adds the pieces of a sentence, and the white space before the next one.
  fileprivate mutating func add(_ sentence: [LineCutter.Piece], before space: ArraySlice<UInt8>) {
    pieces += sentence
    if !sentence.isEmpty { pieces[pieces.count - 1].gap = LineCutter.Gap(space) }
  }
}

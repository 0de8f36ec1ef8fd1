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

  /// - Parameters:
  ///   - pipeline: encodes text.
  ///   - tag: which tag lines have.
  ///   - splitter: splits lines into sentences; nil to translate several at once.
  ///   - maxSourceLength: maximum number of tokens in a piece, not counting the tag.
  ///   - longestSource: the same for a line whose translation is given.
  ///   - terms: finds terms; nil without a glossary.
  ///   - forbidden: words that no translation may contain.
  ///   - alternativeCount: the number of words at a place where they are wanted.
  ///   - output: what is made of the translations of pieces.
  init(
    pipeline: TextPipeline, tag: LineTag, splitter: SentenceSplitter?, maxSourceLength: Int,
    longestSource: Int,
    terms: TermPreparation? = nil, forbidden: [String] = [], alternativeCount: Int = 5,
    output: PieceOutput = PieceOutput()
  ) {
    (self.output, self.alternativeCount) = (output, alternativeCount)
    (self.pipeline, self.tag, self.splitter, self.terms) = (pipeline, tag, splitter, terms)
    noTerms = TermPreparation(Glossary(), mode: .exact, pipeline)
    speller = PrefixSpeller(pipeline)
    self.forbidden = forbidden.flatMap { TermPreparation.spellings($0, pipeline) }
    cutter = LineCutter(limit: maxSourceLength, unknown: pipeline.specialTokens.unknown)
    wholeCutter = LineCutter(limit: longestSource, unknown: pipeline.specialTokens.unknown)
  }

  func prepare(_ source: SourceLine) -> Line {
    var (line, prepared) = (source.text, Line())
    prepared.wasRepaired = repairUTF8(&line)
    prepared.given = source.given.map { Array($0.utf8) }
    let vocabulary = pipeline.vocabulary(.source)
    let (id, ownText) = tag.cut(line, vocabulary)
    if isBlank(ownText) { return prepared }
    prepared.tagIsText = tag != .own && vocabulary.cutTag(off: line).tag != nil
    let body = WhiteSpace.trimmed(ownText)
    (prepared.leading, prepared.trailing) = (
      Array(ownText[..<body.startIndex]), Array(ownText[body.endIndex...])
    )
    let text = Array(body)
    let isGiven = !prepared.given.isEmpty
    let isWhole = isGiven || source.alternativesAt != nil || !(source.prefix ?? "").isEmpty
    let sentences = isWhole ? [0..<text.count] : splitter?.sentences(of: text) ?? [0..<text.count]
    let terms = terms(of: source)
    for (index, sentence) in sentences.enumerated() {
      let next = index + 1 < sentences.count ? sentences[index + 1].lowerBound : sentence.upperBound
      prepared.add(
        pieces(of: Array(text[sentence]), id, terms, isGiven ? wholeCutter : cutter),
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

  /// What finds the terms of a line; nil if neither it nor the request has any.
  private func terms(of line: SourceLine) -> TermPreparation? {
    line.terms.isEmpty ? terms : (terms ?? noTerms).adding(line.terms)
  }

  /// The pieces of a sentence.
  private func pieces(
    of sentence: [UInt8], _ tag: TokenID?, _ terms: TermPreparation?, _ cutter: LineCutter
  ) -> [LineCutter.Piece] {
    // A piece from the middle of the line may begin with the characters of a tag, which are text there.
    cutter.pieces(of: sentence) { pipeline.encode(text: $0, side: .source) }.map { piece in
      var piece = piece
      piece.sentence = piece.sentence.behind(tag)
      piece.guide.forbidden = forbidden
      terms?.apply(to: &piece)
      return piece
    }
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

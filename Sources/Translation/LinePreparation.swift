import Files
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
    /// Whether the line begins with a tag that counts as text, because the request sets the tag.
    var tagIsText = false
  }

  private let pipeline: TextPipeline
  private let tag: LineTag
  private let splitter: SentenceSplitter?
  private let cutter: LineCutter

  /// - Parameters:
  ///   - pipeline: encodes text.
  ///   - tag: which tag lines have.
  ///   - splitter: splits lines into sentences; nil to translate several at once.
  ///   - maxSourceLength: maximum number of tokens in a piece, not counting the tag.
  init(pipeline: TextPipeline, tag: LineTag, splitter: SentenceSplitter?, maxSourceLength: Int) {
    (self.pipeline, self.tag, self.splitter) = (pipeline, tag, splitter)
    cutter = LineCutter(limit: maxSourceLength, unknown: pipeline.specialTokens.unknown)
  }

  func prepare(_ source: SourceLine) -> Line {
    var (line, prepared) = (source.text, Line())
    prepared.wasRepaired = repairUTF8(&line)
    let vocabulary = pipeline.vocabulary(.source)
    let (id, ownText) = tag.cut(line, vocabulary)
    if isBlank(ownText) { return prepared }
    prepared.tagIsText = tag != .own && vocabulary.cutTag(off: line).tag != nil
    let body = WhiteSpace.trimmed(ownText)
    (prepared.leading, prepared.trailing) = (
      Array(ownText[..<body.startIndex]), Array(ownText[body.endIndex...])
    )
    let text = Array(body)
    let sentences = splitter?.sentences(of: text) ?? [0..<text.count]
    for (index, sentence) in sentences.enumerated() {
      let next = index + 1 < sentences.count ? sentences[index + 1].lowerBound : sentence.upperBound
      prepared.add(pieces(of: Array(text[sentence]), id), before: text[sentence.upperBound..<next])
    }
    return prepared
  }

  /// The pieces of a sentence.
  private func pieces(of sentence: [UInt8], _ tag: TokenID?) -> [LineCutter.Piece] {
    // A piece from the middle of the line may begin with the characters of a tag, which are text there.
    cutter.pieces(of: sentence) { pipeline.encode(text: $0, side: .source) }.map { piece in
      var piece = piece
      piece.sentence = piece.sentence.behind(tag)
      return piece
    }
  }
}

extension LinePreparation.Line {
  /// Adds the pieces of a sentence, and the white space before the next one.
  fileprivate mutating func add(_ sentence: [LineCutter.Piece], before space: ArraySlice<UInt8>) {
    pieces += sentence
    if !sentence.isEmpty { pieces[pieces.count - 1].gap = LineCutter.Gap(space) }
  }
}

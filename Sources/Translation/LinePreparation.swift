import Files
import Text
import Tokens

/// Prepares lines for the model: repairs UTF-8, encodes, and cuts lines that are too long.
struct LinePreparation: Sendable {
  /// A prepared line.
  struct Line {
    /// Its pieces, each preceded by the line's tag; none if the line is blank.
    var pieces: [LineCutter.Piece] = []
    var wasRepaired = false
    /// Whether the line begins with a tag that counts as text, because the request sets the tag.
    var tagIsText = false
  }

  private let pipeline: TextPipeline
  private let tag: LineTag
  private let cutter: LineCutter

  /// - Parameters:
  ///   - pipeline: encodes text.
  ///   - tag: which tag lines have.
  ///   - maxSourceLength: maximum number of tokens in a piece, not counting the tag.
  init(pipeline: TextPipeline, tag: LineTag, maxSourceLength: Int) {
    (self.pipeline, self.tag) = (pipeline, tag)
    cutter = LineCutter(limit: maxSourceLength, unknown: pipeline.specialTokens.unknown)
  }

  func prepare(_ line: [UInt8]) -> Line {
    var (line, prepared) = (line, Line())
    prepared.wasRepaired = repairUTF8(&line)
    let vocabulary = pipeline.vocabulary(.source)
    let (id, text) = tag.cut(line, vocabulary)
    if isBlank(text) { return prepared }
    prepared.tagIsText = tag != .own && vocabulary.cutTag(off: line).tag != nil
    // A piece from the middle of the line may begin with the characters of a tag, which are text there.
    prepared.pieces = cutter.pieces(of: Array(text)) { pipeline.encode(text: $0, side: .source) }.map {
      piece in
      LineCutter.Piece(sentence: piece.sentence.behind(id), gap: piece.gap)
    }
    return prepared
  }
}

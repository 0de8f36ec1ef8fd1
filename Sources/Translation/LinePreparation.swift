import Files
import Text
import Tokens

/// Makes lines ready for the model: repaired, encoded, and cut if they are too long.
struct LinePreparation: Sendable {
  /// A line that is ready.
  struct Line {
    /// Its pieces, each behind the line's tag; none if there is no text but white space.
    var pieces: [LineCutter.Piece] = []
    var wasRepaired = false
    /// Whether the line begins with a tag that is text there, since it is given another.
    var tagIsText = false
  }

  private let pipeline: TextPipeline
  private let tag: LineTag
  private let cutter: LineCutter

  /// - Parameters:
  ///   - pipeline: from text to tokens.
  ///   - tag: which tag lines have.
  ///   - maxSourceLength: tokens of a piece, its tag not counted.
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
    // A piece may begin with what spells a tag, in the middle of the line: as text.
    prepared.pieces = cutter.pieces(of: Array(text)) { pipeline.encode(text: $0, side: .source) }.map {
      piece in
      LineCutter.Piece(sentence: piece.sentence.behind(id), gap: piece.gap)
    }
    return prepared
  }
}

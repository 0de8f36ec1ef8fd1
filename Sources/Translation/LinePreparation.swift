import Files
import Text

/// Makes a line ready for the model: repaired, encoded, and cut if it is too long.
struct LinePreparation {
  private var encoder: SubwordEncoder
  private let cutter: LineCutter

  init(pipeline: TextPipeline, maximumSourceLength: Int) {
    encoder = pipeline.makeEncoder(.source)
    cutter = LineCutter(limit: maximumSourceLength)
  }

  /// - Returns: the line's pieces, none if it is empty or blank.
  mutating func prepare(_ line: [UInt8]) -> (pieces: [LineCutter.Piece], wasRepaired: Bool) {
    var line = line
    let wasRepaired = repairUTF8(&line)
    return (cutter.pieces(of: line) { encoder.encode($0) }, wasRepaired)
  }
}

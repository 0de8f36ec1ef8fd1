import Files
import Text

/// Makes a line ready for the model: repaired, encoded, and cut if it is too long.
struct LinePreparation {
  private var encoder: SubwordEncoder
  private let cutter: LineCutter

  init(pipeline: TextPipeline, maxSourceLength: Int) {
    encoder = pipeline.makeEncoder(.source)
    cutter = LineCutter(limit: maxSourceLength)
  }

  /// - Returns: the line's pieces, none if it is empty or blank.
  mutating func prepare(_ line: [UInt8]) -> (pieces: [LineCutter.Piece], wasRepaired: Bool) {
    var line = line
    let wasRepaired = repairUTF8(&line)
    if isBlank(line) { return ([], wasRepaired) }
    return (cutter.pieces(of: line) { encoder.encode($0) }, wasRepaired)
  }
}

/// Whether a line is nothing but white space of any script; not every tokenizer knows all of it.
private func isBlank(_ line: [UInt8]) -> Bool {
  let rest = line.drop { $0 == UInt8(ascii: " ") || 0x09...0x0d ~= $0 }
  guard let first = rest.first else { return true }
  // A string is made only where the question is open.
  return first >= 0x80 && String(decoding: rest, as: UTF8.self).allSatisfy(\.isWhitespace)
}

package import RandomNumbers

/// Pieces of text as long as what is identified: lines are put together until they have a length that is chosen at random.
///
/// - Parameters:
///   - lines: sentences, messages or words.
///   - count: the most pieces.
///   - generator: random bits.
/// - Returns: pieces in random order; each line is in one of them at most.
package func textPieces(_ lines: [[UInt8]], count: Int, _ generator: inout SplitMix64) -> [[UInt8]] {
  var pieces: [[UInt8]] = []
  var (piece, length) = ([UInt8](), 0)
  for line in lines.shuffled(using: &generator) where pieces.count < count {
    if piece.isEmpty { length = pieceLengths.randomElement(using: &generator) ?? 0 }
    if !piece.isEmpty { piece.append(0x20) }
    piece += line
    // Characters count, not bytes: the first byte of each is not of the form 10xxxxxx.
    if piece.count(where: { $0 & 0xC0 != 0x80 }) >= length {
      pieces.append(piece)
      piece = []
    }
  }
  return pieces
}

/// Least characters of pieces.
private let pieceLengths = [15, 40, 80, 120]

import Training

/// A part of the gradients that travels as one message.
struct GradientChunk: Equatable {
  /// Adjacent elements, few enough for a processor's cache.
  struct Piece: Equatable {
    /// The elements.
    let range: Range<Int>
    /// Where they begin in the message.
    let offset: Int
  }

  /// In ascending order.
  private(set) var pieces: [Piece] = []
  /// The number of elements.
  private(set) var count = 0

  /// The first element.
  var start: Int { pieces[0].range.lowerBound }

  /// The elements as a range; nil if there are others between them.
  var range: Range<Int>? {
    let end = pieces[pieces.count - 1].range.upperBound
    return end - start == count ? start..<end : nil
  }

  /// The most elements of a chunk, whatever the number of processes.
  ///
  /// 1 MiB takes a network of 10 Gbit/s about a millisecond, much longer than a message's delay.
  static let limit = 1 << 18

  /// The most elements of a chunk of `total` elements.
  ///
  /// The first sum is back after 2(N - 1) hops of a chunk. With these chunks, that takes no more than a sixteenth of the
  /// time of all gradients, unless the chunks would be so small that their number costs more.
  static func limit(total: Int, processes: Int) -> Int {
    min(max(total / (32 * max(processes - 1, 1)), 1 << 14), limit)
  }

  /// The most elements of a piece, which one thread adds.
  private static let pieceLimit = 1 << 15

  /// Cuts ranges into chunks.
  ///
  /// - Parameters:
  ///   - ranges: in ascending order; elements between them do not travel.
  ///   - processes: of the chain.
  ///   - shares: no chunk has elements of two owners; nil: there are no owners.
  /// - Returns: the chunks, the last elements first, since gradients are complete in this order.
  static func cut(_ ranges: [Range<Int>], processes: Int, shares: ProcessShares?) -> [Self] {
    let limit = limit(total: ranges.reduce(0) { $0 + $1.count }, processes: processes)
    let pieceLimit = min(limit, pieceLimit)
    var chunks: [Self] = []
    var chunk = Self()
    for range in ranges {
      for start in stride(from: range.lowerBound, to: range.upperBound, by: pieceLimit) {
        let piece = start..<min(start + pieceLimit, range.upperBound)
        let isOthers =
          chunk.count > 0 && shares?.owner(of: chunk.start) != shares?.owner(of: piece.lowerBound)
        if chunk.count + piece.count > limit || isOthers {
          chunks.append(chunk)
          chunk = Self()
        }
        chunk.append(piece)
      }
    }
    if chunk.count > 0 { chunks.append(chunk) }
    return chunks.reversed()
  }

  private mutating func append(_ range: Range<Int>) {
    pieces.append(Piece(range: range, offset: count))
    count += range.count
  }
}

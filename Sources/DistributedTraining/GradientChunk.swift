/// A part of the gradients that travels as one message: adjacent slices.
struct GradientChunk: Equatable {
  /// The elements.
  let range: Range<Int>
  /// Its slices, each small enough for a processor's cache.
  let slices: [Range<Int>]

  /// The most floats of a chunk.
  ///
  /// 1 MiB takes a network of 10 Gbit/s about a millisecond, much longer than a message's delay, and even small models
  /// have enough chunks to keep a chain busy.
  static let limit = 1 << 18

  /// Cuts slices into chunks.
  ///
  /// - Parameter slices: in ascending order; parameters between them are frozen and do not travel.
  /// - Returns: the chunks, in the same order in every process.
  static func cut(_ slices: [Range<Int>]) -> [Self] {
    var chunks: [Self] = []
    for slice in slices {
      if let last = chunks.last, last.range.upperBound == slice.lowerBound,
        last.range.count + slice.count <= limit
      {
        chunks[chunks.count - 1] = Self(
          range: last.range.lowerBound..<slice.upperBound, slices: last.slices + [slice])
      } else {
        chunks.append(Self(range: slice, slices: [slice]))
      }
    }
    return chunks
  }
}

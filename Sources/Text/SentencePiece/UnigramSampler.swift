import Glibc

/// Draws segmentations with the probabilities of a unigram model, by forward filtering and backward sampling.
///
/// A segmentation has a probability proportional to that of the model to the power of α. We have one number for how
/// random segmentations are, the dropout d, and α = (1 - d) / d: 0 gives the most likely segmentation, 1/2 the model's
/// probabilities, 5/6 an α of 0.2, and 1 equal probabilities of all segmentations.
///
/// Source: Kudo 2018, "Subword Regularization", section 3.2, with l = ∞.
struct UnigramSampler {
  private let segmenter: UnigramSegmenter
  private let unknown: Int

  init(_ segmenter: UnigramSegmenter, unknown: Int) { (self.segmenter, self.unknown) = (segmenter, unknown) }

  /// A piece in the lattice.
  private struct Edge {
    var start: Int
    var id: Int
    var weight: Double
    /// The next edge that ends at the same place; -1 if there is none.
    var next: Int
  }

  /// Paths through the pieces of a text.
  private struct Lattice {
    var edges: [Edge] = []
    /// The last edge that ends at each place.
    var last: [Int]
    /// The logarithm of the sum of all paths to each place.
    var sums: [Double]

    init(length: Int) {
      last = Array(repeating: -1, count: length + 1)
      sums = Array(repeating: -.infinity, count: length + 1)
      sums[0] = 0
    }

    mutating func add(_ id: Int, from start: Int, to end: Int, score: Double) {
      let weight = sums[start] + score
      edges.append(Edge(start: start, id: id, weight: weight, next: last[end]))
      last[end] = edges.count - 1
      let (high, low) = weight > sums[end] ? (weight, sums[end]) : (sums[end], weight)
      sums[end] = low == -.infinity ? high : high + log1p(exp(low - high))
    }
  }

  /// Appends a segmentation of a part of a text.
  ///
  /// - Complexity: the length of the part times that of the longest piece.
  func sample(
    _ text: [UInt8], _ range: Range<Int>, dropout: Double, using generator: inout some RandomNumberGenerator,
    to pieces: inout [NormalizedPiece]
  ) {
    guard !range.isEmpty else { return }
    let lattice = makeLattice(text.span.extracting(range), alpha: (1 - dropout) / dropout)
    let first = pieces.count
    var end = range.count
    while end > 0 {
      var rest = randomFraction(using: &generator)
      var edge = lattice.edges[lattice.last[end]]
      while true {
        rest -= exp(edge.weight - lattice.sums[end])
        guard rest >= 0, edge.next >= 0 else { break }
        edge = lattice.edges[edge.next]
      }
      pieces.append(
        NormalizedPiece(
          id: edge.id, start: range.lowerBound + edge.start, end: range.lowerBound + end))
      end = edge.start
    }
    pieces[first...].reverse()
  }

  private func makeLattice(_ text: borrowing Span<UInt8>, alpha: Double) -> Lattice {
    var lattice = Lattice(length: text.count)
    var start = 0
    while start < text.count {
      let length = characterLength(text, at: start)
      var hasCharacter = false
      segmenter.trie.forEachPrefix(of: text, from: start) { id, end in
        lattice.add(id, from: start, to: end, score: alpha * Double(segmenter.scores[id]))
        if end == start + length { hasCharacter = true }
      }
      if !hasCharacter {
        lattice.add(
          unknown, from: start, to: start + length, score: alpha * Double(segmenter.scores[unknown]))
      }
      start += length
    }
    return lattice
  }
}

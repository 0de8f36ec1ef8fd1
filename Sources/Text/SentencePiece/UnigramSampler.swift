import Glibc

/// Draws segmentations with the probabilities of a unigram model, by forward filtering and backward sampling.
///
/// A segmentation has a probability proportional to that of the model to the power of α. We have one number for how
/// random segmentations are, the dropout d, and α = (1 - d) / d: 0 gives the most likely segmentation, 1/2 the model's
/// probabilities, 5/6 an α of 0.2, and 1 equal probabilities of all segmentations.
///
/// Source: Kudo 2018, "Subword Regularization", section 3.2, with l = ∞.
struct UnigramSampler: Sendable {
  /// How much less likely than all pieces an unknown character is, in nats, as in the library.
  private static let unknownPenalty = 10.0

  private let trie: PieceTrie
  private let scores: [Double]
  private let unknown: Int

  init(_ file: SentencePieceFile) {
    var scores = file.scores.map { Double($0) }
    let least = scores.indices.filter { file.pieceKinds[$0] == .normal }.map { scores[$0] }.min() ?? 0
    scores[file.unknown] = least - Self.unknownPenalty
    (self.scores, unknown) = (scores, file.unknown)
    trie = PieceTrie(
      file.pieces,
      ids: file.pieceKinds.indices.filter { [.normal, .userDefined].contains(file.pieceKinds[$0]) })
  }

  /// A piece in the lattice.
  private struct Edge {
    var start: Int
    var id: Int
    var weight: Double
    /// The next edge that ends at the same place; -1 if there is none.
    var next: Int
  }

  /// Draws a segmentation.
  ///
  /// - Complexity: the length of the text times that of the longest piece.
  func sample(_ text: [UInt8], dropout: Double, using generator: inout some RandomNumberGenerator)
    -> [(id: Int, range: Range<Int>)]
  {
    let alpha = (1 - dropout) / dropout
    var edges: [Edge] = []
    // The last edge that ends at each place, and the logarithm of the sum of all paths to it.
    var last = [Int](repeating: -1, count: text.count + 1)
    var sums = [Double](repeating: -.infinity, count: text.count + 1)
    sums[0] = 0
    var start = 0
    while start < text.count {
      let length = characterLength(text, at: start)
      func add(_ id: Int, to end: Int) {
        let weight = sums[start] + alpha * scores[id]
        edges.append(Edge(start: start, id: id, weight: weight, next: last[end]))
        last[end] = edges.count - 1
        sums[end] = logSum(sums[end], weight)
      }
      var hasCharacter = false
      trie.forEachPrefix(of: text, from: start) { id, end in
        add(id, to: end)
        if end == start + length { hasCharacter = true }
      }
      if !hasCharacter { add(unknown, to: start + length) }
      start += length
    }
    var drawn: [(id: Int, range: Range<Int>)] = []
    var end = text.count
    while end > 0 {
      var rest = randomFraction(using: &generator)
      var index = last[end]
      while true {
        rest -= exp(edges[index].weight - sums[end])
        guard rest >= 0, edges[index].next >= 0 else { break }
        index = edges[index].next
      }
      drawn.append((edges[index].id, edges[index].start..<end))
      end = edges[index].start
    }
    return drawn.reversed()
  }

  /// log(exp(a) + exp(b)).
  private func logSum(_ a: Double, _ b: Double) -> Double {
    let (high, low) = a > b ? (a, b) : (b, a)
    return low == -.infinity ? high : high + log1p(exp(low - high))
  }
}

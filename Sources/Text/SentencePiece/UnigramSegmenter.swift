/// Finds the most likely pieces of a text in a unigram model, by the Viterbi algorithm.
///
/// Sums are computed like in SentencePiece 0.2, in single precision and in the same order, since it decides between
/// segmentations that are equally likely, such as those of `]]]`. (Version 0.1.97 compares sums of different precision.)
///
/// Source: Kudo 2018, "Subword Regularization", section 3.1; `Model::EncodeOptimized` of SentencePiece.
struct UnigramSegmenter: Sendable {
  /// How much less likely than all pieces an unknown character is, in nats.
  private static let unknownPenalty: Float = 10

  let trie: PieceTrie
  /// The logarithm of the probability of each piece, and of the unknown one that of a character.
  let scores: [Float]
  private let isUserDefined: [Bool]
  private let unknown: Int

  /// The best path to a place: its score, its last piece, and where that begins.
  struct Best: Sendable {
    var score: Float = 0
    var id: Int32 = -1
    var start: Int32 = -1
  }

  init(_ file: SentencePieceFile) {
    let kinds = file.pieceKinds
    var scores = file.scores
    let least = kinds.indices.filter { kinds[$0] == .normal }.map { scores[$0] }.min() ?? 0
    scores[file.unknown] = least - Self.unknownPenalty
    (self.scores, unknown) = (scores, file.unknown)
    isUserDefined = kinds.map { $0 == .userDefined }
    trie = PieceTrie(
      file.pieces, ids: kinds.indices.filter { kinds[$0] == .normal || kinds[$0] == .userDefined })
  }

  /// Appends the pieces of a normalized text.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - paths: memory that is used again.
  ///   - pieces: receives the pieces.
  /// - Complexity: the length of the text times that of the longest piece.
  func segment(_ text: borrowing Span<UInt8>, _ paths: inout [Best], to pieces: inout [NormalizedPiece]) {
    paths.removeAll(keepingCapacity: true)
    paths.append(contentsOf: repeatElement(Best(), count: text.count + 1))
    var start = 0
    while start < text.count {
      let length = characterLength(text, at: start)
      let sum = paths[start].score
      var hasCharacter = false
      trie.forEachPrefix(of: text, from: start) { id, end in
        // User-defined pieces are nearly certain, so that they are always found.
        let score = isUserDefined[id] ? Float(-0.1) : scores[id]
        Self.improve(&paths[end], Best(score: score + sum, id: Int32(id), start: Int32(start)))
        if end == start + length { hasCharacter = true }
      }
      if !hasCharacter {
        Self.improve(
          &paths[start + length],
          Best(score: scores[unknown] + sum, id: Int32(unknown), start: Int32(start)))
      }
      start += length
    }
    let first = pieces.count
    var end = text.count
    while end > 0 {
      let best = paths[end]
      pieces.append(NormalizedPiece(id: Int(best.id), start: Int(best.start), end: end))
      end = Int(best.start)
    }
    pieces[first...].reverse()
  }

  @inline(__always)
  private static func improve(_ best: inout Best, _ other: Best) {
    if best.start < 0 || other.score > best.score { best = other }
  }
}

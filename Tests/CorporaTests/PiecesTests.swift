import Corpora
import Tensors
import Testing
import Tokens

@Suite struct PiecesTests {
  /// Pairs with the given lengths, including `</s>`.
  func batch(_ lengths: [(source: Int, target: Int)]) -> Batch {
    func side(_ lengths: [Int]) -> TokenBatch {
      TokenBatch(lengths.enumerated().map { [TokenID](repeating: TokenID($0.offset + 4), count: $0.element) })
    }
    return Batch(
      source: side(lengths.map(\.source)), target: side(lengths.map(\.target)),
      pairs: Array(100..<100 + lengths.count))
  }

  func costs(_ pieces: [Batch]) -> [Int] {
    pieces.map { zip($0.source.lengths, $0.target.lengths).reduce(0) { $0 + $1.0 + 2 * $1.1 } }
  }

  @Test func everyPairIsInOnePieceInItsOrderAndNoPieceIsTooLarge() {
    var random = RandomSource(1)
    for _ in 0..<200 {
      let lengths = (0..<Int.random(in: 1...30, using: &random)).map { _ in
        (source: Int.random(in: 1...9, using: &random), target: Int.random(in: 1...9, using: &random))
      }
      let whole = batch(lengths)
      let limit = Int.random(in: 27...200, using: &random)
      let pieces = whole.pieces(limit: limit) { $0 + 2 * $1 }
      #expect(pieces.flatMap(\.pairs) == whole.pairs)
      #expect(
        pieces.flatMap { piece in piece.pairs.indices.map { Array(piece.target[sentence: $0]) } }
          == whole.pairs.indices.map { Array(whole.target[sentence: $0]) })
      #expect(costs(pieces).allSatisfy { $0 <= limit })
      #expect(pieces.count == filledOneByOne(lengths.map { $0.source + 2 * $0.target }, limit))
    }
  }

  /// The smallest possible number: each piece is filled before the next one begins.
  func filledOneByOne(_ costs: [Int], _ limit: Int) -> Int {
    costs.reduce(into: (count: 1, sum: 0)) { state, cost in
      if state.sum + cost > limit { state = (state.count + 1, 0) }
      state.sum += cost
    }.count
  }

  @Test func piecesAreEven() {
    let pieces = batch([(source: Int, target: Int)](repeating: (1, 1), count: 12)).pieces(limit: 30) {
      $0 + 2 * $1
    }
    #expect(costs(pieces) == [18, 18], "not 30 and 6")
  }

  @Test func whatFitsStaysWhole() {
    let whole = batch([(2, 3), (4, 1)])
    #expect(whole.pieces(limit: 14) { $0 + 2 * $1 } == [whole])
  }

  @Test(arguments: [-5, 0, 1, 7])
  func pairThatIsTooLargeIsAPieceOfItsOwn(limit: Int) {
    let pieces = batch([(2, 3), (4, 2), (9, 9)]).pieces(limit: limit) { $0 + 2 * $1 }
    #expect(pieces.map(\.pairs) == [[100], [101], [102]])
  }

  @Test func emptyBatchHasNoPieces() {
    #expect(batch([]).pieces(limit: 10) { $0 + $1 }.isEmpty)
  }
}

@Suite struct CorpusSizeTests {
  @Test func longestSidesAndBytesAreThoseOfThePairs() {
    let corpus = ParallelCorpus(sources: [[4, 5, 6], [4], []], targets: [[4], [5, 6], [4, 5, 6, 7]])
    #expect(corpus.longestSides == (3, 4))
    // Four bytes per id, and four for the end of each list.
    #expect(corpus.byteCount == 4 * (4 + 7) + 4 * (3 + 3))
    #expect(ParallelCorpus(sources: [], targets: []).longestSides == (0, 0))
  }
}

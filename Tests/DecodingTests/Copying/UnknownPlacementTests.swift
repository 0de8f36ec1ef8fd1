import Decoding
import RandomNumbers
import Testing

@Suite struct UnknownPlacementTests {
  @Test(
    arguments: [
      ([[0.5, 0.1], [0.1, 0.5]], [0, 1]), ([[0.1, 0.5], [0.5, 0.1]], [1, 0]),
      // Not clear enough to leave the order of the source.
      ([[0.3, 0.4], [0.4, 0.3]], [0, 1]), ([[0, 0], [0, 0]], [0, 1]),
      // A word got lost: the attention says which.
      ([[0.1, 0.1, 0.6]], [2]), ([[0.3, 0.1, 0.1], [0.1, 0.1, 0.9]], [0, 2]), ([[0.1]], [0]), ([], []),
    ] as [([[Float]], [Int])])
  func clearAttentionDecides(weights: [[Float]], expected: [Int]) {
    #expect(UnknownPlacement.indices(weights) == expected)
  }

  @Test func noWordIsUsedTwice() {
    var generator = SplitMix64(state: 3)
    for _ in 0..<300 {
      let words = Int.random(in: 1...9, using: &generator)
      let count = Int.random(in: 0...words, using: &generator)
      let weights = (0..<count).map { _ in (0..<words).map { _ in Float.random(in: 0...1, using: &generator) }
      }
      let indices = UnknownPlacement.indices(weights)
      #expect(indices.count == count && Set(indices).count == count)
      #expect(indices.allSatisfy { (0..<words).contains($0) })
    }
  }
}

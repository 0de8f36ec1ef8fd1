import Tensors
import TestSupport
import Testing
import Tokens

@Suite struct CTCAlignmentTests {
  static let labels: [[Int32]] = [[], [1], [2, 2], [1, 2], [3, 1, 3], [1, 1, 1], [1, 2, 3, 1]]

  /// Scores without ties.
  private static func scores(rows: Int, seed: UInt64) -> Grid {
    Grid(Shape(rows: rows, columns: 4), randomValues(4 * rows, seed: seed, deviation: 2))
  }

  @Test(arguments: labels, [1, 2, 3, 5, 6])
  func isTheBestOfAllPaths(labels: [Int32], rows: Int) throws {
    for seed in 0..<5 {
      let scores = Self.scores(rows: rows, seed: UInt64(seed))
      var best: (path: [Int32], score: Double)?
      forEachPath(rows: rows, classes: 4) { path in
        guard collapse(path, blank: 0) == labels else { return }
        let score = scores.sum(along: path)
        if score > best?.score ?? -.infinity { best = (path, score) }
      }
      let found = CTCAlignment(labels: labels, logProbabilities: scores.floats, classes: 4, blank: 0)
      #expect((found == nil) == (best == nil))
      #expect(found?.path == best?.path)
      if let found, let best { #expect(abs(found.logProbability - best.score) < 1e-5) }
    }
  }

  @Test func noRowsSpellNothing() {
    let empty = CTCAlignment(labels: [], logProbabilities: [], classes: 4, blank: 0)
    #expect(empty?.path == [] && empty?.logProbability == 0)
    #expect(CTCAlignment(labels: [1], logProbabilities: [], classes: 4, blank: 0) == nil)
  }

  /// The path that is further along in the last row where two paths differ.
  @Test func equalPathsAreDecided() {
    let flat = [Float](repeating: -1, count: 5 * 4)
    #expect(CTCAlignment(labels: [1], logProbabilities: flat, classes: 4, blank: 0)?.path == [1, 0, 0, 0, 0])
    #expect(
      CTCAlignment(labels: [2, 2], logProbabilities: flat, classes: 4, blank: 0)?.path == [2, 0, 2, 0, 0])
  }

  @Test func whatIsImpossibleIsNoPath() {
    let scores: [Float] = [0, -.infinity, 0, -.infinity]
    #expect(CTCAlignment(labels: [1], logProbabilities: scores, classes: 2, blank: 0) == nil)
    #expect(CTCAlignment(labels: [], logProbabilities: scores, classes: 2, blank: 0)?.path == [0, 0])
    #expect(CTCAlignment(labels: [], logProbabilities: [.nan, 0], classes: 2, blank: 0) == nil)
  }
}

import Decoding
import Testing
import Tokens

@Suite struct CandidateSelectionTests {
  typealias Reference = (parent: Int, token: TokenID, step: Double, total: Double)

  /// All continuations, sorted; the selection must equal the beginning of this list.
  func reference(_ rows: [[Float]], _ sums: [Double], end: Bool, unknown: Bool) -> [Reference] {
    var all: [Reference] = []
    for (parent, row) in rows.enumerated() {
      for (token, step) in logSoftmax(row).enumerated() where row[token] > -.infinity {
        if token < 2 || token == 2 && !end || token == 3 && !unknown { continue }
        all.append((parent: parent, token: TokenID(token), step: step, total: sums[parent] + step))
      }
    }
    // The sort is stable, and parents and tokens are already in ascending order.
    return all.sorted { $0.total > $1.total }
  }

  @Test(arguments: [5, 15, 16, 17, 20, 31, 32, 33, 100, 1000], [1, 2, 5, 40])
  func findsWhatSortingFinds(vocabularySize: Int, count: Int) {
    for seed in 0..<20 {
      var generator = Mixer(seed: seed * 1000 + vocabularySize)
      let rows = (0..<1 + seed % 5).map { _ in
        (0..<vocabularySize).map { _ in
          Int.random(in: 0..<9, using: &generator) == 0 ? -.infinity : generator.nextFloat() * 12
        }
      }
      .filter { row in row.contains { $0 > -.infinity } }
      let sums = rows.map { _ in Double(generator.nextFloat()) * 3 - 3 }
      let (end, unknown) = (seed % 2 == 0, seed % 3 == 0)
      let allowed = AllowedTokens(specialTokens: .standard, end: end, unknown: unknown)
      var selection = CandidateSelection(count: count)
      for (parent, row) in rows.enumerated() {
        selection.offer(row: row.span, of: parent, logProbability: sums[parent], allowed: allowed)
      }
      let found = selection.best
      let expected = reference(rows, sums, end: end, unknown: unknown).prefix(count)
      #expect(found.map(\.parent) == expected.map(\.parent))
      #expect(found.map(\.token) == expected.map(\.token))
      #expect(
        zip(found, expected).allSatisfy { $0.total.isClose(to: $1.total) && $0.step.isClose(to: $1.step) })
    }
  }

  @Test func amongEqualsTheEarlierHypothesisAndTheLowerTokenWin() {
    let all = AllowedTokens(specialTokens: .standard, end: true, unknown: true)
    var selection = CandidateSelection(count: 5)
    let row = [Float](repeating: 1, count: 40)
    for parent in 0..<3 {
      selection.offer(row: row.span, of: parent, logProbability: 0, allowed: all)
    }
    #expect(selection.best.map(\.token) == [2, 3, 4, 5, 6])
    #expect(selection.best.map(\.parent) == [0, 0, 0, 0, 0])
  }

  @Test func hugeScoresKeepTheirOrder() {
    let all = AllowedTokens(specialTokens: .standard, end: true, unknown: true)
    var selection = CandidateSelection(count: 3)
    var row = [Float](repeating: -3e38, count: 50)
    (row[10], row[30], row[31]) = (3e38, 2.9e38, 2.8e38)
    selection.offer(row: row.span, of: 0, logProbability: -1, allowed: all)
    #expect(selection.best.map(\.token) == [10, 30, 31])
  }
}

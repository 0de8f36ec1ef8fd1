import Autodiff
import Testing
import Tokens

@Suite struct CTCTargetTests {
  @Test(arguments: [[], [1], [2, 2], [1, 2], [3, 1, 3], [1, 1, 1], [1, 2, 3, 1]] as [[Int32]])
  func targetsAreFeasibleIfTheyHaveAnAlignment(labels: [Int32]) {
    for rows in 1...6 {
      let alignment = CTCAlignment(
        labels: labels, logProbabilities: [Float](repeating: 0, count: 4 * rows), classes: 4, blank: 0)
      #expect(CTCTarget(rows: 0..<rows, labels: labels).isFeasible == (alignment != nil), "\(rows) rows")
    }
  }

  @Test func blanksBetweenEqualsNeedRowsToo() {
    let cases: [([Int32], Int)] = [([], 0), ([7], 1), ([7, 7], 3), ([7, 8, 7], 3), ([7, 7, 7, 8, 8], 8)]
    for (labels, rows) in cases {
      for extra in [-1, 0, 1] where rows + extra >= 0 {
        #expect(CTCTarget(rows: 2..<2 + rows + extra, labels: labels).isFeasible == (extra >= 0))
      }
    }
  }
}

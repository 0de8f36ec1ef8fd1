import Autodiff
import Tensors
import TestSupport
import Testing

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
      #expect((found == nil) == !CTCTarget(rows: 0..<rows, labels: labels).isFeasible)
      #expect(found?.path == best?.path)
      if let found, let best { #expect(abs(found.logProbability - best.score) < 1e-5) }
    }
  }

  @Test func noRowsSpellNothing() {
    let empty = CTCAlignment(labels: [], logProbabilities: [], classes: 4, blank: 0)
    #expect(empty?.path == [] && empty?.logProbability == 0)
    #expect(CTCAlignment(labels: [1], logProbabilities: [], classes: 4, blank: 0) == nil)
  }

  /// What is further on in the last row where two paths differ.
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

  @Test func blanksBetweenEqualsNeedRowsToo() {
    let cases: [([Int32], Int)] = [([], 0), ([7], 1), ([7, 7], 3), ([7, 8, 7], 3), ([7, 7, 7, 8, 8], 8)]
    for (labels, rows) in cases {
      for extra in [-1, 0, 1] where rows + extra >= 0 {
        #expect(CTCTarget(rows: 2..<2 + rows + extra, labels: labels).isFeasible == (extra >= 0))
      }
    }
  }
}

@Suite struct CTCGlanceTests {
  /// With the unit matrix as weight, inputs are logits.
  @Test func glancesAreAlignmentsAndPredictionsOfEachSentence() throws {
    let parameters = RandomParameters([[12, 4], [4, 4]])
    let unit = Grid(4, 4) { $0 == $1 ? 1 : 0 }
    parameters.values.replace(at: 48, with: unit.floats)
    let targets = [
      CTCTarget(rows: 0..<5, labels: [1, 1]), CTCTarget(rows: 5..<6, labels: [2, 3]),
      CTCTarget(rows: 6..<11, labels: [3, 2, 1]), CTCTarget(rows: 11..<12, labels: []),
    ]
    let tapes = [
      Tape(inference: parameters.values), Tape(training: parameters.values, gradients: parameters.gradients),
    ]
    let logits = parameters.grid(0)
    for tape in tapes {
      let glances = tape.ctcGlances(
        tape.tensor(parameters.handles[0]), weight: parameters.handles[1], targets: targets, blank: 0)
      #expect(glances.map { $0 == nil } == [false, true, false, false])
      for (glance, target) in zip(glances, targets) {
        guard let glance else { continue }
        let rows = logits.rows(target.rows)
        let alignment = try #require(
          CTCAlignment(
            labels: target.labels, logProbabilities: rows.logSoftmax.floats, classes: 4, blank: 0))
        #expect(glance.alignment.path == alignment.path)
        #expect(abs(glance.alignment.logProbability - alignment.logProbability) < 1e-5)
        let best = (0..<rows.rows).map { row in
          Int32((0..<4).max { rows[row, $0] < rows[row, $1] } ?? 0)
        }
        #expect(glance.predictions == best)
        #expect(glance.mismatches == zip(best, alignment.path).count { $0 != $1 })
      }
      tape.backward()
    }
    #expect(parameters.gradients.array.allSatisfy { $0 == 0 })
  }

  /// 140,000 classes: a chunk of 16 rows, which the sentence spans, and another sentence behind it.
  @Test func chunksDoNotShow() throws {
    let classes = 140_000
    let parameters = RandomParameters([[40, 1], [classes, 1]])
    // Class 0 is the blank. Class 9 is the best where x is positive, 8 where it is negative.
    var weights = [Float](repeating: 0, count: classes)
    (weights[9], weights[8]) = (1, -1)
    let signs = (0..<40).map { Float($0 % 4 == 3 ? -1 : 1) }
    parameters.values.replace(at: 0, with: signs + weights)
    let tape = Tape(inference: parameters.values)
    let glances = tape.ctcGlances(
      tape.tensor(parameters.handles[0]), weight: parameters.handles[1],
      targets: [
        CTCTarget(rows: 0..<36, labels: (0..<18).map { $0 % 2 == 0 ? 9 : 8 }),
        CTCTarget(rows: 36..<40, labels: [9, 8]),
      ], blank: 0)
    for (glance, count) in zip(glances, [36, 4]) {
      let expected = (0..<count).map { Int32($0 % 4 == 3 ? 8 : 9) }
      #expect(glance?.predictions == expected)
      #expect(glance?.alignment.path == expected)
      #expect(glance?.mismatches == 0)
    }
  }

  @Test func equalScoresPredictTheLowerClass() {
    let parameters = RandomParameters([[2, 1], [4, 1]])
    parameters.values.replace(at: 0, with: [1, -1, -1, 2, 2, -1])
    let tape = Tape(inference: parameters.values)
    let glances = tape.ctcGlances(
      tape.tensor(parameters.handles[0]), weight: parameters.handles[1],
      targets: [CTCTarget(rows: 0..<2, labels: [1])], blank: 0)
    #expect(glances[0]?.predictions == [1, 0])
  }
}

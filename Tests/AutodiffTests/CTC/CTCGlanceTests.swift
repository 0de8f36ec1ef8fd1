import Autodiff
import Tensors
import TestSupport
import Testing
import Tokens

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

  /// 140,000 classes: a chunk of 16 rows, which the sentence spans, followed by another sentence.
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

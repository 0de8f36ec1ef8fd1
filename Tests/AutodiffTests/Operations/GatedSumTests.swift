import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct GatedSumTests {
  @Test(arguments: [0, 1, 5], [1, 2, 15, 16, 17, 33])
  func agreesWithReference(rows: Int, columns: Int) {
    expectMatchesReference(shapes: [[rows, columns], [rows, columns], [rows, columns], [rows, columns]]) {
      tape, inputs in
      tape.gatedSum(
        tape.tensor(inputs[0]), tape.tensor(inputs[1]),
        gates: (tape.tensor(inputs[2]), tape.tensor(inputs[3])))
    } reference: { inputs in
      Reference.gatedSum(inputs[0], inputs[1], gates: (inputs[2], inputs[3]))
    }
  }

  @Test(arguments: [1, 5], [1, 16, 17])
  func gradientsMatchFiniteDifferences(rows: Int, columns: Int) {
    expectGradientsMatch(shapes: [[rows, columns], [rows, columns], [rows, columns], [rows, columns]]) {
      tape, inputs in
      tape.gatedSum(
        tape.tensor(inputs[0]), tape.tensor(inputs[1]),
        gates: (tape.tensor(inputs[2]), tape.tensor(inputs[3])))
    }
  }

  /// Gradients of results are overwritten first, then added to.
  @Test func gradientsOfResultsMatchFiniteDifferences() {
    for isReadTwice in [false, true] {
      expectGradientsMatch(shapes: [[3, 4], [6, 4], [6, 4], [6, 6]]) { tape, inputs in
        let x = tape.linear(tape.tensor(inputs[0]), weight: inputs[1], bias: nil)
        let y = tape.linear(tape.tensor(inputs[0]), weight: inputs[2], bias: nil)
        let gates = tape.linear(y, weight: inputs[3], bias: nil)
        let sum = tape.gatedSum(x, y, gates: (gates, y))
        return isReadTwice ? tape.gatedSum(sum, x, gates: (y, gates)) : sum
      }
    }
  }

  @Test func bothMayBeTheSame() {
    expectGradientsMatch(shapes: [[3, 4], [6, 4], [3, 6]]) { tape, inputs in
      let x = tape.linear(tape.tensor(inputs[0]), weight: inputs[1], bias: nil)
      return tape.gatedSum(x, x, gates: (x, tape.tensor(inputs[2])))
    }
  }
}

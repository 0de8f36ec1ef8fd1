import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct LinearTests {
  static let sizes = [1, 2, 3, 15, 16, 17, 31, 33]

  @Test(arguments: sizes, [1, 7, 16, 33])
  func agreesWithReference(outputs: Int, inputs: Int) {
    for rows in Self.sizes {
      expectMatchesReference(shapes: [[rows, inputs], [outputs, inputs], [outputs]]) { tape, inputs in
        tape.linear(tape.tensor(inputs[0]), weight: inputs[1], bias: inputs[2])
      } reference: { inputs in
        Reference.affine(inputs[0], inputs[1], inputs[2])
      }
      expectMatchesReference(shapes: [[rows, inputs], [outputs, inputs]]) { tape, inputs in
        tape.linear(tape.tensor(inputs[0]), weight: inputs[1], bias: nil)
      } reference: { inputs in
        Reference.affine(inputs[0], inputs[1])
      }
    }
  }

  @Test(arguments: [(rows: 1, inputs: 1, outputs: 1), (2, 3, 4), (5, 16, 7), (17, 2, 33), (3, 31, 15)])
  func gradientsMatchFiniteDifferences(rows: Int, inputs: Int, outputs: Int) {
    expectGradientsMatch(shapes: [[rows, inputs], [outputs, inputs], [outputs]]) { tape, inputs in
      tape.linear(tape.tensor(inputs[0]), weight: inputs[1], bias: inputs[2])
    }
    expectGradientsMatch(shapes: [[rows, inputs], [outputs, inputs]]) { tape, inputs in
      tape.linear(tape.tensor(inputs[0]), weight: inputs[1], bias: nil)
    }
  }

  @Test func aWeightThatIsUsedTwiceGetsBothDerivatives() {
    expectGradientsMatch(shapes: [[3, 5], [5, 5], [5]]) { tape, inputs in
      let once = tape.linear(tape.tensor(inputs[0]), weight: inputs[1], bias: inputs[2])
      return tape.linear(once, weight: inputs[1], bias: inputs[2])
    }
  }
}

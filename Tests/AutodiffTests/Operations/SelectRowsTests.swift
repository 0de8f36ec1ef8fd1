import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct SelectRowsTests {
  @Test(arguments: [1, 16, 17])
  func rowsOfSeveralTensorsAreOnes(size: Int) {
    // The first tensor has rows 0 to 2, the second 3 and 4; row 1 is left out, 2 and 3 are selected twice.
    let rows = [4, 2, 0, 3, 2, 3]
    func select(_ tape: Tape, _ inputs: [Parameter]) -> Tensor {
      tape.selectRows(rows, of: inputs.map { tape.tensor($0) })
    }
    expectMatchesReference(shapes: [[3, size], [2, size]], select) { inputs in
      Grid(rows.count, size) { rows[$0] < 3 ? inputs[0][rows[$0], $1] : inputs[1][rows[$0] - 3, $1] }
    }
    expectGradientsMatch(shapes: [[3, size], [2, size]], select)
  }

  @Test func noRowsGiveNone() {
    let parameters = RandomParameters([[3, 4]])
    let tape = Tape(inference: parameters.values)
    #expect(tape.selectRows([], of: [tape.tensor(parameters.handles[0])]).shape == [0, 4])
  }
}

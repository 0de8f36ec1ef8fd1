import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct MeanOfRowsTests {
  @Test(arguments: [1, 16, 17])
  func meansOfRangesThatMayOverlap(size: Int) {
    let ranges = [0..<3, 4..<5, 2..<5]
    func means(_ tape: Tape, _ inputs: [Parameter]) -> Tensor {
      tape.meanOfRows(tape.tensor(inputs[0]), ranges)
    }
    expectMatchesReference(shapes: [[6, size]], means) { inputs in
      Grid(ranges.count, size) { index, column in
        ranges[index].reduce(0) { $0 + inputs[0][$1, column] } / Double(ranges[index].count)
      }
    }
    expectGradientsMatch(shapes: [[6, size]], means)
  }
}

import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct ProjectTests {
  @Test(arguments: [1, 2, 7, 33], [1, 17, 33])
  func agreesWithReference(rows: Int, classes: Int) {
    let parameters = RandomParameters([[rows, 16], [classes, 16], [classes]])
    let (x, w) = (parameters.handles[0], parameters.handles[1])
    for bias in [nil, parameters.handles[2]] {
      let expected = Reference.affine(
        parameters.grid(0), parameters.grid(1), bias == nil ? nil : parameters.grid(2))
      for packed in [nil, PackedProducts(parameters.values)] {
        let tape = Tape(inference: parameters.values, packed: packed)
        // Once too short, once too long.
        for stale in [0, rows * classes + 5] {
          var logits = [Float](repeating: .nan, count: stale)
          tape.project(tape.tensor(x), weight: w, bias: bias, into: &logits)
          #expect(Deviation(logits, from: expected.floats).worst < 1e-5)
        }
      }
    }
  }
}

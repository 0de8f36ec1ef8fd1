import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct RotateTests {
  static let headSizes = [2, 4, 6, 8, 16, 34, 40, 64]
  let positions: [Int32] = [0, 1, 2, 3, 0, 1, 29]

  @Test(arguments: headSizes, [false, true])
  func agreesWithReference(headSize: Int, halves: Bool) {
    let rotary = RotaryEmbedding(positions: 30, headSize: headSize, pairsHalves: halves)
    for heads in [1, 3] {
      // The columns after those that are turned do not change.
      expectMatchesReference(shapes: [[7, heads * headSize + 5]]) { tape, inputs in
        tape.rotate(
          copy(of: inputs[0], on: tape), columns: heads * headSize, positions: positions, by: rotary)
      } reference: { inputs in
        Reference.rotated(
          inputs[0], columns: heads * headSize, headSize: headSize, positions: positions, halves: halves)
      }
    }
  }

  @Test(arguments: headSizes, [false, true])
  func gradientsMatchFiniteDifferences(headSize: Int, halves: Bool) {
    let rotary = RotaryEmbedding(positions: 30, headSize: headSize, pairsHalves: halves)
    expectGradientsMatch(shapes: [[7, 2 * headSize + 3]]) { tape, inputs in
      tape.rotate(copy(of: inputs[0], on: tape), columns: 2 * headSize, positions: positions, by: rotary)
    }
  }

  /// The defining property: products depend only on the distance.
  @Test(arguments: [false, true])
  func productsDependOnTheDistanceAlone(halves: Bool) {
    let rotary = RotaryEmbedding(positions: 100, headSize: 8, pairsHalves: halves)
    let parameters = RandomParameters([[2, 8]])
    let tape = Tape(inference: parameters.values)
    func product(_ first: Int32, _ second: Int32) -> Float {
      let rows = tape.rotate(
        copy(of: parameters.handles[0], on: tape), columns: 8, positions: [first, second], by: rotary
      ).array
      return (0..<8).reduce(0) { $0 + rows[$1] * rows[8 + $1] }
    }
    for distance: Int32 in [0, 1, 7] {
      let expected = product(0, distance)
      for first: Int32 in [1, 13, 92] { #expect(abs(product(first, first + distance) - expected) < 1e-4) }
    }
    #expect(abs(product(0, 1) - product(0, 7)) > 1e-2)
    #expect(abs(product(0, 7) - product(7, 0)) > 1e-2, "order must count")
  }

  /// It works in place, and a parameter must not change, so it is copied.
  private func copy(of parameter: Parameter, on tape: Tape) -> Tensor {
    let zeros = tape.makeTensor(parameter.shape, [Float](repeating: 0, count: parameter.shape.count))
    return tape.add(tape.tensor(parameter), to: zeros)
  }
}

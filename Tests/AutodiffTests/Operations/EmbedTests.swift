import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct EmbedTests {
  let ids: [Int32] = [2, 0, 2, 4, 2]
  let positions: [Int32] = [0, 1, 2, 0, 1]

  @Test(arguments: [1, 2, 3, 15, 16, 17, 33])
  func agreesWithReference(size: Int) {
    let encoding = randomValues(3 * size, seed: 8)
    let places = Grid([3, size], encoding)
    expectMatchesReference(shapes: [[5, size]]) { tape, inputs in
      tape.embed(
        ids: ids, positions: positions, table: inputs[0], positionTable: .constant(encoding), scale: 1.5)
    } reference: { inputs in
      Grid(ids.count, size) {
        1.5 * inputs[0][Int(ids[$0]), $1] + places[Int(positions[$0]), $1]
      }
    }
  }

  @Test(arguments: [1, 16, 17], [Float(0), 0.3])
  func gradientsMatchFiniteDifferences(size: Int, rate: Float) {
    let encoding = randomValues(3 * size, seed: 8)
    expectGradientsMatch(shapes: [[5, size]]) { tape, inputs in
      tape.embed(
        ids: ids, positions: positions, table: inputs[0], positionTable: .constant(encoding), scale: 1.5,
        dropoutRate: rate)
    }
  }

  @Test(arguments: [1, 16, 17], [Float(0), 0.3])
  func factorsScaleEmbeddingsAndNotPositions(size: Int, rate: Float) {
    let factors: [Float] = [0, 1, 1.25, 0, 2]
    let encoding = randomValues(3 * size, seed: 8)
    let places = Grid([3, size], encoding)
    func embed(_ tape: Tape, _ inputs: [Parameter], rate: Float) -> Tensor {
      tape.embed(
        ids: ids, positions: positions, table: inputs[0], positionTable: .constant(encoding), scale: 1.5,
        factors: factors,
        dropoutRate: rate)
    }
    expectMatchesReference(shapes: [[5, size]]) {
      embed($0, $1, rate: 0)
    } reference: { inputs in
      Grid(ids.count, size) {
        1.5 * Double(factors[$0]) * inputs[0][Int(ids[$0]), $1] + places[Int(positions[$0]), $1]
      }
    }
    expectGradientsMatch(shapes: [[5, size]]) { embed($0, $1, rate: rate) }
  }

  @Test(arguments: [1, 16, 17])
  func learnedPositionsAgreeWithReference(size: Int) {
    expectMatchesReference(shapes: [[5, size], [3, size]]) { tape, inputs in
      tape.embed(
        ids: ids, positions: positions, table: inputs[0], positionTable: .learned(inputs[1]), scale: 1.5)
    } reference: { inputs in
      Grid(ids.count, size) { 1.5 * inputs[0][Int(ids[$0]), $1] + inputs[1][Int(positions[$0]), $1] }
    }
  }

  /// A dropped word still has a position, which is trained.
  @Test(arguments: [1, 16, 17], [Float(0), 0.3])
  func gradientsOfLearnedPositionsMatchFiniteDifferences(size: Int, rate: Float) {
    for factors in [nil, [0, 1, 1.25, 0, 2]] as [[Float]?] {
      expectGradientsMatch(shapes: [[5, size], [3, size]]) { tape, inputs in
        tape.embed(
          ids: ids, positions: positions, table: inputs[0], positionTable: .learned(inputs[1]), scale: 1.5,
          factors: factors, dropoutRate: rate)
      }
    }
  }

  @Test(arguments: [1, 16, 17], [Float(0), 0.3])
  func withoutPositionsNothingIsAdded(size: Int, rate: Float) {
    func embed(_ tape: Tape, _ inputs: [Parameter], rate: Float) -> Tensor {
      tape.embed(
        ids: ids, positions: positions, table: inputs[0], positionTable: .none, scale: 1.5, dropoutRate: rate)
    }
    expectMatchesReference(shapes: [[5, size]]) {
      embed($0, $1, rate: 0)
    } reference: { inputs in
      Grid(ids.count, size) { 1.5 * inputs[0][Int(ids[$0]), $1] }
    }
    expectGradientsMatch(shapes: [[5, size]]) { embed($0, $1, rate: rate) }
  }

  /// A row that is a position alone, such as the first of a decoder that begins without a token.
  @Test func aFactorOfZeroLeavesThePositionAlone() {
    let (size, encoding) = (17, randomValues(3 * 17, seed: 8))
    let parameters = RandomParameters([[5, size]])
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let y = tape.embed(
      ids: [0, 3], positions: [2, 1], table: parameters.handles[0], positionTable: .constant(encoding),
      scale: 1.5, factors: [0, 1])
    tape.backward(from: y)
    #expect(Array(y.array[..<size]) == Array(encoding[(2 * size)...]))
    let expected = (0..<5).flatMap { [Float](repeating: $0 == 3 ? 1.5 : 0, count: size) }
    #expect(parameters.gradient(0) == expected)
  }

  @Test func noTokensGiveNoRows() {
    let parameters = RandomParameters([[5, 4]])
    let tape = Tape(inference: parameters.values)
    let y = tape.embed(
      ids: [], positions: [], table: parameters.handles[0], positionTable: .constant([]), scale: 1)
    #expect(y.shape == [0, 4])
  }
}

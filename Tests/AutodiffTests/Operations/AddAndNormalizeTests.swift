import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct AddAndNormalizeTests {
  static let sizes = [1, 2, 3, 15, 16, 17, 31, 33, 128]

  @Test(arguments: [1, 2, 5], sizes)
  func agreesWithReference(rows: Int, size: Int) {
    expectMatchesReference(shapes: [[rows, size], [rows, size], [size], [size]], tolerance: 1e-4) {
      tape, inputs in
      tape.addAndNormalize(
        tape.tensor(inputs[0]), to: tape.tensor(inputs[1]), gamma: inputs[2], beta: inputs[3])
    } reference: { inputs in
      Reference.layerNorm(Reference.sum(inputs[0], inputs[1]), gamma: inputs[2], beta: inputs[3])
    }
    expectMatchesReference(shapes: [[rows, size], [size], [size]], tolerance: 1e-4) { tape, inputs in
      tape.addAndNormalize(nil, to: tape.tensor(inputs[0]), gamma: inputs[1], beta: inputs[2])
    } reference: { inputs in
      Reference.layerNorm(inputs[0], gamma: inputs[1], beta: inputs[2])
    }
  }

  @Test(arguments: [1, 3], [1, 3, 15, 16, 17, 33])
  func gradientsMatchFiniteDifferences(rows: Int, size: Int) {
    for rate in [Float(0), 0.3] {
      expectGradientsMatch(shapes: [[rows, size], [rows, size], [size], [size]]) { tape, inputs in
        tape.addAndNormalize(
          tape.tensor(inputs[0]), to: tape.tensor(inputs[1]), gamma: inputs[2], beta: inputs[3],
          dropoutRate: rate)
      }
    }
    expectGradientsMatch(shapes: [[rows, size], [size], [size]]) { tape, inputs in
      tape.addAndNormalize(nil, to: tape.tensor(inputs[0]), gamma: inputs[1], beta: inputs[2])
    }
  }

  /// Inputs so small that it matters what is added to the variance.
  @Test(arguments: [1e-9, 1e-6, 1e-5, 1e-3] as [Float])
  func epsilonIsAddedToTheVariance(epsilon: Float) {
    expectMatchesReference(shapes: [[3, 17], [17], [17]], deviation: 0.01, tolerance: 1e-4) { tape, inputs in
      tape.addAndNormalize(
        nil, to: tape.tensor(inputs[0]), gamma: inputs[1], beta: inputs[2], epsilon: epsilon)
    } reference: { inputs in
      Reference.layerNorm(inputs[0], gamma: inputs[1], beta: inputs[2], epsilon: Double(epsilon))
    }
    expectGradientsMatch(shapes: [[3, 17], [17], [17]]) { tape, inputs in
      tape.addAndNormalize(
        nil, to: tape.tensor(inputs[0]), gamma: inputs[1], beta: inputs[2], epsilon: 1000 * epsilon)
    }
  }

  @Test func equalElementsBecomeTheOffset() {
    let parameters = RandomParameters([[1, 16], [16], [16]])
    parameters.values.replace(at: 0, with: [Float](repeating: 3, count: 16))
    let tape = Tape(inference: parameters.values)
    let y = tape.addAndNormalize(
      nil, to: tape.tensor(parameters.handles[0]), gamma: parameters.handles[1], beta: parameters.handles[2],
      epsilon: 1e-9)
    #expect(y.array == parameters.array(2))
  }

  @Test(arguments: [1, 3], [1, 3, 16, 17])
  func withoutAnOffsetNothingIsAdded(rows: Int, size: Int) {
    expectMatchesReference(shapes: [[rows, size], [rows, size], [size]], tolerance: 1e-4) { tape, inputs in
      tape.addAndNormalize(
        tape.tensor(inputs[0]), to: tape.tensor(inputs[1]), gamma: inputs[2], beta: nil)
    } reference: { inputs in
      Reference.layerNorm(Reference.sum(inputs[0], inputs[1]), gamma: inputs[2])
    }
    for rate in [Float(0), 0.3] {
      expectGradientsMatch(shapes: [[rows, size], [rows, size], [size]]) { tape, inputs in
        tape.addAndNormalize(
          tape.tensor(inputs[0]), to: tape.tensor(inputs[1]), gamma: inputs[2], beta: nil, dropoutRate: rate)
      }
    }
  }

  @Test func dropsAsDropoutDoes() {
    let parameters = RandomParameters([[4, 33], [4, 33], [33], [33]])
    let (x, residual) = (parameters.handles[0], parameters.handles[1])
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    tape.reset(random: RandomSource(9))
    let fused = tape.addAndNormalize(
      tape.tensor(x), to: tape.tensor(residual), gamma: parameters.handles[2], beta: parameters.handles[3],
      dropoutRate: 0.4
    ).array
    tape.reset(random: RandomSource(9))
    let sum = tape.add(tape.tensor(x), to: tape.tensor(residual), dropoutRate: 0.4)
    let apart = tape.addAndNormalize(
      nil, to: sum, gamma: parameters.handles[2], beta: parameters.handles[3])
    #expect(Deviation(fused, from: apart.array).worst < 1e-6)
  }

  @Test func aConstantRowBecomesTheOffset() {
    let parameters = RandomParameters([[2, 17], [17], [17]])
    parameters.values.replace(at: 0, with: [Float](repeating: 3, count: 34))
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let y = tape.addAndNormalize(
      nil, to: tape.tensor(parameters.handles[0]), gamma: parameters.handles[1], beta: parameters.handles[2])
    #expect(Deviation(y.array, from: parameters.array(2) + parameters.array(2)).worst < 1e-3)
    tape.backward(from: y)
    #expect(parameters.gradients.array.allSatisfy { $0.isFinite })
  }

  @Test func aLargeMeanCostsNoAccuracy() {
    let parameters = RandomParameters([[1, 64], [64], [64]])
    let shifted = parameters.array(0).map { $0 + 1000 }
    parameters.values.replace(at: 0, with: shifted)
    let tape = Tape(inference: parameters.values)
    let y = tape.addAndNormalize(
      nil, to: tape.tensor(parameters.handles[0]), gamma: parameters.handles[1], beta: parameters.handles[2])
    let expected = Reference.layerNorm(
      parameters.grid(0), gamma: parameters.grid(1), beta: parameters.grid(2))
    #expect(Deviation(y.array, from: expected.floats).worst < 1e-3)
  }
}

@Suite struct AddTests {
  @Test(arguments: [1, 2, 3, 15, 16, 17, 31, 33])
  func agreesWithReference(size: Int) {
    expectMatchesReference(shapes: [[3, size], [3, size]]) { tape, inputs in
      tape.add(tape.tensor(inputs[0]), to: tape.tensor(inputs[1]))
    } reference: { inputs in
      Reference.sum(inputs[0], inputs[1])
    }
  }

  @Test(arguments: [Float(0), 0.4])
  func gradientsMatchFiniteDifferences(rate: Float) {
    expectGradientsMatch(shapes: [[3, 17], [3, 17]]) { tape, inputs in
      tape.add(tape.tensor(inputs[0]), to: tape.tensor(inputs[1]), dropoutRate: rate)
    }
  }

  @Test func aSumWithItselfHasTwiceTheGradient() {
    expectGradientsMatch(shapes: [[3, 5]]) { tape, inputs in
      tape.add(tape.tensor(inputs[0]), to: tape.tensor(inputs[0]))
    }
  }
}

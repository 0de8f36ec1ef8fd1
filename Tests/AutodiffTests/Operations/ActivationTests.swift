import Autodiff
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct ActivationTests {
  @Test(arguments: Activation.allCases, [1, 2, 3, 15, 16, 17, 31, 33, 1000])
  func agreesWithReference(_ activation: Activation, count: Int) {
    // With a deviation of 4, inputs reach the flat parts of GELU and swish, where only the last bits count.
    expectMatchesReference(shapes: [[1, count]], deviation: 4, floor: 0.1) { tape, inputs in
      tape.activate(copy(of: inputs[0], on: tape), activation)
    } reference: { inputs in
      inputs[0].map { Reference.activation($0, activation) }
    }
  }

  @Test(arguments: [Activation.gelu, .swish, .geluSigmoid], [1, 16, 33])
  func gradientsMatchFiniteDifferences(_ activation: Activation, count: Int) {
    expectGradientsMatch(shapes: [[2, count]], deviation: 2) { tape, inputs in
      tape.activate(tape.tensor(inputs[0]), activation)
    }
  }

  /// The normal distribution function is approximated by a polynomial.
  @Test func geluAndItsSlopeAreAccurateEverywhere() {
    let inputs = Array(stride(from: Float(-15), through: 15, by: 1 / 64))
    let parameters = RandomParameters([[1, inputs.count]])
    parameters.values.replace(at: 0, with: inputs)
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let output = tape.activate(tape.tensor(parameters.handles[0]), .gelu)
    tape.backward(from: output)
    let slopes = parameters.gradient(0)
    for (index, y) in output.array.enumerated() {
      let x = Double(inputs[index])
      let (cdf, density) = (erfc(-x / 2.0.squareRoot()) / 2, exp(-x * x / 2) / (2 * Double.pi).squareRoot())
      #expect(abs(Double(y) - x * cdf) <= 3e-7 * max(1, abs(x)), "gelu(\(x))")
      #expect(abs(Double(slopes[index]) - (cdf + x * density)) <= 4e-7, "slope at \(x)")
    }
  }

  @Test(arguments: [1, 16, 33])
  func rectifierPassesGradientsWhereItIsOpen(count: Int) throws {
    let parameters = RandomParameters([[2, count]], seed: 3)
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let weights = randomValues(2 * count, seed: 4)
    tape.backward(from: tape.activate(copy(of: parameters.handles[0], on: tape), .relu), seed: weights)
    let expected = zip(parameters.array(0), weights).map { $0 > 0 ? $1 : 0 }
    #expect(parameters.gradient(0) == expected)
  }

  @Test(arguments: [Activation.gelu, .swish, .geluSigmoid])
  func extremeInputsStayFinite(_ activation: Activation) {
    let inputs: [Float] = [-1e30, -1e4, -90, -20, 20, 90, 1e4, 1e30]
    let parameters = RandomParameters([[1, inputs.count]])
    parameters.values.replace(at: 0, with: inputs)
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let output = tape.activate(tape.tensor(parameters.handles[0]), activation)
    for (x, y) in zip(inputs, output.array) { #expect(abs(y - max(0, x)) <= 1e-6 * abs(x)) }
    tape.backward(from: output)
    for (x, slope) in zip(inputs, parameters.gradient(0)) { #expect(abs(slope - (x > 0 ? 1 : 0)) < 1e-6) }
  }

  /// ReLU works in place, and a parameter must not change, so it is copied.
  private func copy(of parameter: Parameter, on tape: Tape) -> Tensor {
    let zeros = tape.makeTensor(parameter.shape, [Float](repeating: 0, count: parameter.shape.count))
    return tape.add(tape.tensor(parameter), to: zeros)
  }
}

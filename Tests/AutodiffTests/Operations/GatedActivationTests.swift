import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct GatedActivationTests {
  @Test(arguments: Activation.allCases, [1, 2, 3, 15, 16, 17, 31, 33])
  func agreesWithReference(_ activation: Activation, columns: Int) {
    for rows in [1, 2, 17] {
      expectMatchesReference(shapes: [[rows, 2 * columns]], deviation: 2, floor: 0.1) { tape, inputs in
        tape.gatedActivation(tape.tensor(inputs[0]), activation)
      } reference: { inputs in
        Reference.gated(inputs[0], activation)
      }
    }
  }

  @Test(arguments: [Activation.gelu, .swish, .geluSigmoid], [1, 16, 17, 33])
  func gradientsMatchFiniteDifferences(_ activation: Activation, columns: Int) {
    expectGradientsMatch(shapes: [[3, 2 * columns]]) { tape, inputs in
      tape.gatedActivation(tape.tensor(inputs[0]), activation)
    }
  }

  /// The gradient of a result is overwritten, that of a parameter is added to, and a tensor that two operations read
  /// gets both.
  @Test(arguments: [Activation.gelu, .swish, .geluSigmoid])
  func gradientsOfResultsMatchFiniteDifferences(_ activation: Activation) {
    expectGradientsMatch(shapes: [[3, 5], [12, 5]]) { tape, inputs in
      let x = tape.linear(tape.tensor(inputs[0]), weight: inputs[1], bias: nil)
      return tape.gatedActivation(x, activation)
    }
    expectGradientsMatch(shapes: [[3, 5], [12, 5]]) { tape, inputs in
      let x = tape.linear(tape.tensor(inputs[0]), weight: inputs[1], bias: nil)
      return tape.add(tape.gatedActivation(x, activation), to: tape.gatedActivation(x, .swish))
    }
  }

  /// Finite differences fail at ReLU's corner, so the derivative is compared with its definition.
  @Test(arguments: [1, 16, 33])
  func rectifierPassesGradientsWhereItIsOpen(columns: Int) {
    let parameters = RandomParameters([[2, 2 * columns]], seed: 3)
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let seeds = randomValues(2 * columns, seed: 4)
    tape.backward(from: tape.gatedActivation(tape.tensor(parameters.handles[0]), .relu), seed: seeds)
    let (x, dx) = (parameters.array(0), parameters.gradient(0))
    for row in 0..<2 {
      for column in 0..<columns {
        let (gate, seed) = (row * 2 * columns + column, seeds[row * columns + column])
        let value = gate + columns
        #expect(dx[gate] == (x[gate] > 0 ? seed * x[value] : 0))
        #expect(dx[value] == seed * max(0, x[gate]))
      }
    }
  }

  @Test(arguments: [Activation.gelu, .swish, .geluSigmoid])
  func extremeInputsStayFinite(_ activation: Activation) {
    let gates: [Float] = [-1e18, -1e4, -90, 90, 1e4, 1e18]
    let parameters = RandomParameters([[1, 2 * gates.count]])
    parameters.values.replace(at: 0, with: gates + gates.map { _ in 2 })
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let y = tape.gatedActivation(tape.tensor(parameters.handles[0]), activation)
    for (gate, y) in zip(gates, y.array) { #expect(abs(y - 2 * max(0, gate)) <= 1e-6 * abs(gate)) }
    tape.backward(from: y)
    #expect(parameters.gradients.array.allSatisfy { $0.isFinite })
  }
}

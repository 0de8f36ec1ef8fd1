public import Autodiff
public import Tensors
public import Testing

/// Expects that an operation's derivatives are those that central differences show, for every element of
/// every input.
///
/// The output is weighted by fixed random numbers and summed in double precision. Dropout draws the same mask
/// each time.
///
/// - Parameters:
///   - shapes: of the inputs; they are parameters, whose tensors are `tape.tensor(_:)`.
///   - seed: of the inputs' values.
///   - deviation: of the inputs' values.
///   - tolerance: of ``Deviation``'s measures.
///   - sourceLocation: where a failure is reported.
///   - operation: computes the output from the inputs.
public func expectGradientsMatch(
  shapes: [Shape], seed: UInt64 = 1, deviation: Float = 1, tolerance: Double = 1e-3,
  sourceLocation: SourceLocation = #_sourceLocation, _ operation: (Tape, [Parameter]) -> Tensor
) {
  let parameters = RandomParameters(shapes, seed: seed, deviation: deviation)
  expectGradientsMatch(parameters, tolerance: tolerance, sourceLocation: sourceLocation) { tape in
    operation(tape, parameters.handles)
  }
}

/// The same for parameters that exist already, such as a layer's.
public func expectGradientsMatch(
  _ parameters: RandomParameters, tolerance: Double = 1e-3,
  sourceLocation: SourceLocation = #_sourceLocation, _ operation: (Tape) -> Tensor
) {
  expectGradientsMatch(
    parameters, tolerance: tolerance, sourceLocation: sourceLocation,
    value: { tape in
      let output = operation(tape)
      let weights = randomValues(output.shape.count, seed: 77)
      return (zip(output.array, weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }, output, weights)
    })
}

/// Expects the right derivatives of a function that returns a number and what to seed `backward` with, if
/// it is not the whole story already.
public func expectGradientsMatch(
  _ parameters: RandomParameters, tolerance: Double = 1e-3,
  sourceLocation: SourceLocation = #_sourceLocation,
  value: (Tape) -> (value: Double, root: Tensor?, seed: [Float])
) {
  let tape = Tape(training: parameters.values, gradients: parameters.gradients)
  func evaluate() -> (value: Double, root: Tensor?, seed: [Float]) {
    tape.reset(random: RandomSource(5))
    return value(tape)
  }

  // Backward adds: what stands there before must still be there afterwards.
  parameters.gradients.replace(at: 0, with: [Float](repeating: 1, count: parameters.gradients.count))
  let (_, root, start) = evaluate()
  if let root { tape.backward(from: root, seed: start) } else { tape.backward() }
  let analytic = parameters.gradients.array.map { $0 - 1 }

  let numeric = parameters.values.array.enumerated().map { index, element in
    func value(_ steps: Float) -> Double {
      parameters.values.replace(at: index, with: [element + steps * step])
      return evaluate().value
    }
    defer { parameters.values.replace(at: index, with: [element]) }
    // Two differences, so that the error is of fourth order and a step may be large against rounding.
    return Float((8 * (value(1) - value(-1)) - (value(2) - value(-2))) / Double(12 * step))
  }
  // A key projection's bias has no derivative: what differences show there is rounding of all the others.
  let floor = 0.05 * max(1, rootMeanSquare(numeric))
  for (index, handle) in parameters.handles.enumerated() {
    let range = handle.range
    let deviation = Deviation(Array(analytic[range]), from: Array(numeric[range]), floor: floor)
    #expect(
      deviation.worst < tolerance, "input \(index) \(handle.shape): \(deviation)",
      sourceLocation: sourceLocation)
  }
}

/// A power of two: see ``randomValues(_:seed:deviation:)``.
private let step: Float = 1 / 64

/// Expects that an operation computes what its reference does: in training, in inference, and with packed
/// weights.
public func expectMatchesReference(
  shapes: [Shape], seed: UInt64 = 1, deviation: Float = 1, tolerance: Double = 1e-5, floor: Double = 1e-3,
  sourceLocation: SourceLocation = #_sourceLocation, _ operation: (Tape, [Parameter]) -> Tensor,
  reference: ([Grid]) -> Grid
) {
  let parameters = RandomParameters(shapes, seed: seed, deviation: deviation)
  let expected = reference(shapes.indices.map { parameters.grid($0) })
  let tapes = [
    ("training", Tape(training: parameters.values, gradients: parameters.gradients)),
    ("inference", Tape(inference: parameters.values)),
    ("packed", Tape(inference: parameters.values, packed: PackedProducts(parameters.values))),
  ]
  for (name, tape) in tapes {
    let output = operation(tape, parameters.handles)
    #expect(output.shape == expected.shape, sourceLocation: sourceLocation)
    let deviation = Deviation(output.array, from: expected.floats, floor: floor)
    #expect(deviation.worst < tolerance, "\(name) \(shapes): \(deviation)", sourceLocation: sourceLocation)
  }
}

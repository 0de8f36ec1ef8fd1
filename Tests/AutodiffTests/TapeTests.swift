import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct TapeTests {
  @Test func gradientsAddUpOverSteps() {
    let parameters = RandomParameters([[2, 3], [4, 3]])
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    func step() {
      tape.reset()
      tape.backward(
        from: tape.linear(tape.tensor(parameters.handles[0]), weight: parameters.handles[1], bias: nil))
    }
    step()
    let once = parameters.gradients.array
    step()
    #expect(parameters.gradients.array == once.map { 2 * $0 })
  }

  @Test func resetForgetsWhatWasRecorded() {
    let parameters = RandomParameters([[2, 3], [4, 3]])
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let y = tape.linear(tape.tensor(parameters.handles[0]), weight: parameters.handles[1], bias: nil)
    #expect(y.gradientArray == [Float](repeating: 0, count: 8))
    tape.reset()
    tape.backward()
    #expect(parameters.gradients.array.allSatisfy { $0 == 0 })
  }

  @Test func frozenParametersGetNoDerivativesAndOthersTheSame() {
    let parameters = RandomParameters([[2, 3], [4, 3]])
    func gradients(frozen: [Range<Int>]) -> [Float] {
      parameters.gradients.clear()
      let tape = Tape(training: parameters.values, gradients: parameters.gradients, frozen: frozen)
      tape.backward(
        from: tape.linear(tape.tensor(parameters.handles[0]), weight: parameters.handles[1], bias: nil))
      return parameters.gradients.array
    }
    let all = gradients(frozen: [])
    #expect(all.allSatisfy { $0 != 0 })
    let (first, second) = (parameters.handles[0], parameters.handles[1])
    let places = [first, second].map(\.range)
    for (frozen, free) in [(places[0], places[1]), (places[1], places[0])] {
      let some = gradients(frozen: [frozen])
      #expect(some[frozen].allSatisfy { $0 == 0 })
      #expect(some[free] == all[free])
    }
  }

  /// Dropout is drawn as usual, and later operations have the same derivatives.
  @Test func whatIsMadeWithoutDerivativesIsTheSameAndNotDerivedThrough() {
    let parameters = RandomParameters([[5, 8], [8, 8], [4, 8]])
    func run(_ made: (Tape, () -> Tensor) -> Tensor) -> (values: [Float], gradients: [Float]) {
      parameters.gradients.clear()
      let tape = Tape(training: parameters.values, gradients: parameters.gradients)
      tape.reset(random: RandomSource(3))
      let x = made(tape) {
        tape.dropout(
          tape.linear(tape.tensor(parameters.handles[0]), weight: parameters.handles[1], bias: nil), rate: 0.5
        )
      }
      tape.backward(from: tape.linear(x, weight: parameters.handles[2], bias: nil))
      return (x.array, parameters.gradients.array)
    }
    let whole = run { _, body in body() }
    let part = run { tape, body in tape.withoutDerivatives(body) }
    let last = parameters.handles[2].offset
    #expect(part.values == whole.values)
    #expect(part.gradients[last...] == whole.gradients[last...])
    #expect(part.gradients[..<last].allSatisfy { $0 == 0 })
    #expect(whole.gradients[..<last].contains { $0 != 0 })
  }

  @Test func memoryStopsGrowing() {
    let parameters = RandomParameters([[300, 100], [100, 100]])
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    func step() {
      tape.reset()
      var x = tape.tensor(parameters.handles[0])
      for _ in 0..<5 { x = tape.linear(x, weight: parameters.handles[1], bias: nil) }
      tape.backward(from: x)
    }
    step()
    step()
    let capacity = tape.arena.capacity
    for _ in 0..<3 { step() }
    #expect(tape.arena.capacity == capacity)
  }

  /// However deep the model, gradients of neighbors share the same memory in turn.
  @Test func gradientsOfResultsLiveUntilTheirOperationsDerivative() {
    let parameters = RandomParameters([[32, 16], [16, 16]])
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let x = tape.tensor(parameters.handles[0])
    var results = [tape.linear(x, weight: parameters.handles[1], bias: nil)]
    for _ in 1..<10 {
      results.append(tape.linear(results[results.count - 1], weight: parameters.handles[1], bias: nil))
    }
    let values = tape.arena.allocated
    tape.backward(from: results[9])
    #expect(values == 10 * 32 * 16)
    #expect(tape.arena.allocated == values + 2 * 32 * 16)
    #expect(results.allSatisfy { $0.gradientArray == nil }, "given back")
  }

  @Test func gradientsOfInputsStay() {
    let parameters = RandomParameters([[4, 3]])
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let input = tape.makeTensor([2, 3], [1, 2, 3, 4, 5, 6])
    tape.backward(from: tape.linear(input, weight: parameters.handles[0], bias: nil))
    let weight = parameters.grid(0)
    let sums = (0..<3).map { column in (0..<4).reduce(Float(0)) { $0 + Float(weight[$1, column]) } }
    for (found, expected) in zip(input.gradientArray ?? [], sums + sums) {
      #expect(abs(found - expected) < 1e-5)
    }
    #expect(input.gradientArray?.count == 6)
  }

  @Test func releasedTapeWorksAsBefore() {
    let parameters = RandomParameters([[2, 3], [4, 3]])
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    func step() -> [Float] {
      parameters.gradients.clear()
      tape.backward(
        from: tape.linear(tape.tensor(parameters.handles[0]), weight: parameters.handles[1], bias: nil))
      return parameters.gradients.array
    }
    let before = step()
    tape.release()
    #expect(tape.arena.capacity == 0)
    #expect(step() == before)
  }

  @Test func inferenceKeepsNoGradients() {
    let parameters = RandomParameters([[2, 3]])
    let tape = Tape(inference: parameters.values)
    #expect(tape.tensor(parameters.handles[0]).gradientArray == nil)
    #expect(tape.makeTensor([2, 2], [1, 2, 3, 4]).gradientArray == nil)
  }
}

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

  @Test func inferenceKeepsNoGradients() {
    let parameters = RandomParameters([[2, 3]])
    let tape = Tape(inference: parameters.values)
    #expect(tape.tensor(parameters.handles[0]).gradientArray == nil)
    #expect(tape.makeTensor([2, 2]).gradientArray == nil)
  }
}

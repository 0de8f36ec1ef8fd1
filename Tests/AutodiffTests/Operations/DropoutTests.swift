import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct DropoutTests {
  /// A tape with one parameter of ones.
  private func ones(_ count: Int) -> (tape: Tape, parameters: RandomParameters, x: Tensor) {
    let parameters = RandomParameters([[1, count]])
    parameters.values.replace(at: 0, with: [Float](repeating: 1, count: count))
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    return (tape, parameters, tape.tensor(parameters.handles[0]))
  }

  @Test(arguments: [Float(0.1), 0.3, 0.5, 0.9])
  func dropsTheRateAndKeepsTheExpectation(rate: Float) {
    let count = 100_000
    let (tape, _, x) = ones(count)
    let y = tape.dropout(x, rate: rate).array
    #expect(Set(y) == [0, 1 / (1 - rate)])
    let share = Double(y.count { $0 == 0 }) / Double(count)
    // Five standard deviations of a binomial share.
    #expect(abs(share - Double(rate)) < 5 * (Double(rate * (1 - rate)) / Double(count)).squareRoot())
    let mean = y.reduce(0) { $0 + Double($1) } / Double(count)
    #expect(abs(mean - 1) < 5 * (Double(rate / (1 - rate)) / Double(count)).squareRoot())
  }

  @Test func neighborsAreIndependent() {
    let (tape, _, x) = ones(100_000)
    let y = tape.dropout(x, rate: 0.5).array
    for distance in [1, 2, 16, 128, 512] {
      let both = zip(y, y.dropFirst(distance)).count { $0 == 0 && $1 == 0 }
      #expect(abs(Double(both) / 100_000 - 0.25) < 0.01, "distance \(distance)")
    }
  }

  @Test(arguments: [1, 15, 16, 17, 1000])
  func backwardDropsWhatForwardDropped(count: Int) {
    let (tape, parameters, x) = ones(count)
    let y = tape.dropout(x, rate: 0.4)
    tape.backward(from: y)
    #expect(parameters.gradient(0) == y.array)
  }

  @Test func eachUseAndEachSourceHasItsOwnMask() {
    let (tape, _, x) = ones(1000)
    tape.reset(random: RandomSource(1, 2))
    let first = tape.dropout(x, rate: 0.5).array
    let second = tape.dropout(x, rate: 0.5).array
    tape.reset(random: RandomSource(1, 3))
    let other = tape.dropout(x, rate: 0.5).array
    tape.reset(random: RandomSource(1, 2))
    let again = tape.dropout(x, rate: 0.5).array
    #expect(first == again)
    for (a, b) in [(first, second), (first, other), (second, other)] {
      let same = zip(a, b).count { $0 == $1 }
      #expect((400...600).contains(same), "two masks agree in \(same) of 1000 places, chance is 500")
    }
  }

  @Test func inferenceDropsNothing() {
    let parameters = RandomParameters([[3, 17]])
    let tape = Tape(inference: parameters.values)
    #expect(tape.dropout(tape.tensor(parameters.handles[0]), rate: 0.5).array == parameters.array(0))
  }

  @Test func gradientsMatchFiniteDifferences() {
    expectGradientsMatch(shapes: [[3, 17]]) { tape, inputs in
      tape.dropout(tape.tensor(inputs[0]), rate: 0.3)
    }
  }
}

import Autodiff
import Models
import Tensors
import TestSupport
import Testing
import Tokens

/// Logits, loss, every gradient and three updates against PyTorch, to 1e-4 of each tensor's norm and of each
/// element (an element below its tensor's root mean square is measured against that).
@Suite struct PyTorchTests {
  @Test(arguments: Fixture.names)
  func parametersHaveTheSameNames(_ name: String) throws {
    let fixture = try Fixture(name)
    #expect(Set(fixture.model.parameters.map(\.name)) == fixture.parameterNames)
  }

  @Test(arguments: Fixture.names)
  func logitsAgree(_ name: String) throws {
    let fixture = try Fixture(name)
    let tape = Tape(inference: try fixture.weights())
    let logits = fixture.model.logits(source: fixture.source, target: fixture.target, on: tape)
    expectClose(logits, try fixture.values("logits"), "\(name) logits")
  }

  @Test(arguments: Fixture.names)
  func lossAndGradientsAgree(_ name: String) throws {
    let fixture = try Fixture(name)
    let (sum, gradients) = gradients(of: try fixture.weights(), fixture)
    #expect(abs(sum.loss / fixture.description.loss - 1) < 1e-5)
    #expect(abs(sum.negativeLogLikelihood / fixture.description.negativeLogLikelihood - 1) < 1e-5)
    #expect(sum.tokens == fixture.target.tokenCount)
    // A key projection's bias has no effect, since softmax ignores what all keys share: its gradient is
    // zero but for rounding errors of the size of its neighbors'.
    let floor = 1e-2 * rootMeanSquare(gradients.array)
    for item in fixture.model.parameters {
      expectClose(
        gradients.array(item), try fixture.values("gradients/\(item.name)"), "\(name) gradient \(item.name)",
        floor: floor)
    }
  }

  @Test(arguments: Fixture.names)
  func threeAdamUpdatesAgree(_ name: String) throws {
    let fixture = try Fixture(name)
    let weights = try fixture.weights()
    let adam = Adam(fixture.description.adam, count: weights.count)
    for expected in fixture.description.gradientNorms {
      let (sum, gradients) = gradients(of: weights, fixture)
      let norm = adam.update(weights, gradients, tokens: sum.tokens)
      #expect(abs(norm / expected - 1) < 1e-4)
    }
    for item in fixture.model.parameters where !item.name.hasSuffix("k_proj.bias") {
      // Adam divides by the gradient's size, so if a gradient consists only of rounding errors, they decide the update:
      // such elements count only in the norm.
      let expected = try fixture.values("updated/\(item.name)")
      let slopes = try fixture.values("gradients/\(item.name)")
      let threshold = Float(1e-3 * rootMeanSquare(slopes))
      let clear = slopes.indices.filter { abs(slopes[$0]) >= threshold }
      let actual = weights.array(item)
      #expect(clear.count * 10 >= slopes.filter { $0 != 0 }.count * 9, "\(name) \(item.name)")
      #expect(Deviation(actual, from: expected).ofNorm < 1e-4, "\(name) \(item.name)")
      expectClose(clear.map { actual[$0] }, clear.map { expected[$0] }, "\(name) updated \(item.name)")
    }
    let (sum, _) = gradients(of: weights, fixture)
    #expect(abs(sum.loss / fixture.description.lossAfterUpdates - 1) < 1e-4)
  }

  private func expectClose(_ actual: [Float], _ expected: [Float], _ name: String, floor: Double = 1e-30) {
    let deviation = Deviation(actual, from: expected, floor: floor)
    #expect(deviation.worst < 1e-4, "\(name): \(deviation)")
  }

  private func gradients(of weights: FlatBuffer, _ fixture: Fixture) -> (LossSum, FlatBuffer) {
    let gradients = FlatBuffer(count: weights.count)
    let tape = Tape(training: weights, gradients: gradients)
    let sum = fixture.model.loss(
      source: fixture.source, target: fixture.target,
      objective: TrainingObjective(labelSmoothing: fixture.description.labelSmoothing),
      on: tape)
    tape.backward()
    return (sum, gradients)
  }
}

/// The engine's Adam, with PyTorch's clipping before it.
private final class Adam {
  let options: Fixture.Description.Adam
  let m, v: FlatBuffer
  var updates = 0

  init(_ options: Fixture.Description.Adam, count: Int) {
    self.options = options
    (m, v) = (FlatBuffer(count: count), FlatBuffer(count: count))
  }

  /// One update by the gradient of the mean loss; returns its norm before clipping.
  func update(_ weights: FlatBuffer, _ gradients: FlatBuffer, tokens: Int) -> Double {
    updates += 1
    let all = 0..<weights.count
    let norm = gradients.sumOfSquares(all).squareRoot() / Double(tokens)
    let clipping = min(1, Double(options.maxNorm) / (norm + 1e-6))
    let powers = (0..<updates).reduce((Float(1), Float(1))) { powers, _ in
      (powers.0 * options.beta1, powers.1 * options.beta2)
    }
    let numbers = AdamNumbers(
      gradientScale: Float(clipping / Double(tokens)), rate: options.learningRate, beta1: options.beta1,
      beta2: options.beta2, epsilon: options.epsilon, correction1: 1 - powers.0, correction2: 1 - powers.1,
      weightDecay: 0)
    weights.updateByAdam(gradient: gradients, firstMoment: m, secondMoment: v, numbers: numbers, in: all)
    return norm
  }
}

import Autodiff
import Layers
import Tensors
import TestSupport
import Testing

@Suite struct LinearLayerTests {
  @Test func declaresWeightAndBias() {
    var builder = ParameterBuilder()
    let layer = builder.scope("fc1") { Linear(3, 5, in: &$0) }
    #expect(builder.parameters.map(\.name) == ["fc1.weight", "fc1.bias"])
    #expect((layer.weight.shape, layer.bias.shape) == ([5, 3], [5]))
  }

  @Test func agreesWithReference() {
    var builder = ParameterBuilder()
    let layer = Linear(3, 5, in: &builder)
    let parameters = RandomParameters(builder)
    let tape = Tape(inference: parameters.values)
    let x = randomValues(6, seed: 9)
    let expected = Reference.affine(Grid([2, 3], x), parameters.grid(0), parameters.grid(1))
    #expect(Deviation(layer(tape.makeTensor([2, 3], x), on: tape).array, from: expected.floats).worst < 1e-6)
  }
}

@Suite struct FeedForwardTests {
  @Test(arguments: Activation.allCases)
  func agreesWithReference(_ activation: Activation) {
    var builder = ParameterBuilder()
    let layer = FeedForward(size: 6, innerSize: 17, activation: activation, dropoutRate: 0.5, in: &builder)
    #expect(builder.parameters.map(\.name) == ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"])
    let parameters = RandomParameters(builder)
    let tape = Tape(inference: parameters.values)
    let x = randomValues(18, seed: 9)
    let inner = Reference.affine(Grid([3, 6], x), parameters.grid(0), parameters.grid(1))
    let expected = Reference.affine(
      inner.map { Reference.activation($0, activation) }, parameters.grid(2), parameters.grid(3))
    #expect(Deviation(layer(tape.makeTensor([3, 6], x), on: tape).array, from: expected.floats).worst < 1e-5)
  }

  @Test func dropsInsideInTraining() {
    var builder = ParameterBuilder()
    let layer = FeedForward(size: 6, innerSize: 17, activation: .swish, dropoutRate: 0.5, in: &builder)
    let x = builder.matrix("x", 3, 6, .constant(0))
    let parameters = RandomParameters(builder, deviation: 0.5)
    expectGradientsMatch(parameters) { tape in layer(tape.tensor(x), on: tape) }
    let tape = Tape(training: parameters.values, gradients: parameters.gradients)
    let results = [UInt64(0), 1].map { seed in
      tape.reset(random: RandomSource(seed))
      return layer(tape.tensor(x), on: tape).array
    }
    #expect(results[0] != results[1])
  }
}

@Suite struct ResidualConnectionTests {
  /// A sublayer that doubles: its effect is easy to tell apart from the residual.
  private func run(_ placement: NormPlacement) -> (output: [Float], x: Grid, gamma: Grid, beta: Grid) {
    var builder = ParameterBuilder()
    let connection = ResidualConnection(
      norm: "norm", size: 5, placement: placement, dropoutRate: 0.3, in: &builder)
    #expect(builder.parameters.map(\.name) == ["norm.weight", "norm.bias"])
    let parameters = RandomParameters(builder)
    let tape = Tape(inference: parameters.values)
    let x = randomValues(10, seed: 9)
    let output = connection(tape.makeTensor([2, 5], x), on: tape) { tape.add($0, to: $0) }
    return (output.array, Grid([2, 5], x), parameters.grid(0), parameters.grid(1))
  }

  @Test func postNormalizesTheSum() {
    let (output, x, gamma, beta) = run(.post)
    let expected = Reference.layerNorm(x.map { 3 * $0 }, gamma: gamma, beta: beta)
    #expect(Deviation(output, from: expected.floats).worst < 1e-5)
  }

  @Test func preNormalizesTheSublayersInputAlone() {
    let (output, x, gamma, beta) = run(.pre)
    let expected = Reference.sum(x, Reference.layerNorm(x, gamma: gamma, beta: beta).map { 2 * $0 })
    #expect(Deviation(output, from: expected.floats).worst < 1e-5)
  }
}

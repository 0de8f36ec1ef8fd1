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
    #expect((layer.weight.shape, layer.bias?.shape) == ([5, 3], [5]))
  }

  @Test func withoutBiasItIsTheProductAlone() {
    var builder = ParameterBuilder()
    let layer = Linear(3, 5, LinearOptions(usesBias: false), in: &builder)
    #expect(builder.parameters.map(\.name) == ["weight"] && layer.bias == nil)
    let parameters = RandomParameters(builder)
    let tape = Tape(inference: parameters.values)
    let x = randomValues(6, seed: 9)
    let expected = Reference.affine(Grid([2, 3], x), parameters.grid(0))
    #expect(Deviation(layer(tape.makeTensor([2, 3], x), on: tape).array, from: expected.floats).worst < 1e-6)
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
  @Test(arguments: FeedForwardActivation.allCases, [false, true])
  func agreesWithReference(_ activation: FeedForwardActivation, usesBias: Bool) throws {
    var builder = ParameterBuilder()
    let layer = FeedForward(
      size: 6, innerSize: 17, activation: activation, dropoutRate: 0.5,
      linear: LinearOptions(usesBias: usesBias), in: &builder)
    let names = builder.parameters.map(\.name)
    // The matrices of one product are adjacent, then their biases.
    let maps = activation.isGated ? [["fc1", "fc3"], ["fc2"]] : [["fc1"], ["fc2"]]
    #expect(
      names
        == maps.flatMap { group in
          group.map { "\($0).weight" } + (usesBias ? group.map { "\($0).bias" } : [])
        })
    let parameters = RandomParameters(builder)
    func apply(_ map: String, _ x: Grid) throws -> Grid {
      let weight = try #require(names.firstIndex(of: "\(map).weight"))
      let bias = names.firstIndex(of: "\(map).bias")
      return Reference.affine(x, parameters.grid(weight), bias.map { parameters.grid($0) })
    }
    let tape = Tape(inference: parameters.values)
    let x = randomValues(18, seed: 9)
    let read = Grid([3, 6], x)
    var inner = try apply("fc1", read).map { Reference.activation($0, activation.function) }
    if activation.isGated {
      let (gates, values) = (inner, try apply("fc3", read))
      inner = Grid(3, 17) { gates[$0, $1] * values[$0, $1] }
    }
    let expected = try apply("fc2", inner)
    #expect(Deviation(layer(tape.makeTensor([3, 6], x), on: tape).array, from: expected.floats).worst < 1e-5)
  }

  @Test(arguments: [FeedForwardActivation.swish, .swiglu])
  func dropsInsideInTraining(_ activation: FeedForwardActivation) {
    var builder = ParameterBuilder()
    let layer = FeedForward(size: 6, innerSize: 17, activation: activation, dropoutRate: 0.5, in: &builder)
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

import Layers
import Tensors
import Testing

@Suite struct InitializationTests {
  private func initializers(_ linear: LinearOptions) -> [String: Initializer] {
    var options = LayerOptions(
      size: 8, innerSize: 12, heads: 2, activation: .swiglu, normPlacement: .post, dropout: 0,
      attentionDropout: 0, activationDropout: 0)
    options.linear = linear
    var builder = ParameterBuilder()
    _ = TransformerDecoderLayer(options, in: &builder)
    return Dictionary(uniqueKeysWithValues: builder.parameters.map { ($0.name, $0.initializer) })
  }

  /// Stacked maps are initialized like one Glorot matrix, the others separately.
  static let gains: [(name: String, gain: Float)] = [
    ("self_attn.k_proj.weight", Float(0.5).squareRoot()),
    ("encoder_attn.q_proj.weight", Float(0.5).squareRoot()),
    ("encoder_attn.v_proj.weight", Float(0.5).squareRoot()), ("self_attn.out_proj.weight", 1),
    ("fc1.weight", 1),
    ("fc2.weight", 1), ("fc3.weight", 1),
  ]

  @Test(arguments: gains)
  func weightsAreDrawnAsTheNameSays(name: String, gain: Float) {
    #expect(initializers(LinearOptions())[name] == .glorotUniform(gain: gain))
    #expect(
      initializers(LinearOptions(initialization: .glorot, depth: 9))[name] == .glorotUniform(gain: gain))
    #expect(
      initializers(LinearOptions(initialization: .normal, depth: 9))[name] == .normal(deviation: 0.02))
    #expect(
      initializers(LinearOptions(initialization: .depthScaled, depth: 1))[name] == .glorotUniform(gain: gain))
    #expect(
      initializers(LinearOptions(initialization: .depthScaled, depth: 9))[name]
        == .glorotUniform(gain: gain / 3))
  }

  @Test(arguments: Initialization.allCases)
  func biasesAndNormsStartAsTheyAlwaysDo(_ initialization: Initialization) {
    for (name, initializer) in initializers(LinearOptions(initialization: initialization, depth: 4)) {
      if name.hasSuffix("bias") { #expect(initializer == .constant(0), "\(name)") }
      if name.hasSuffix("norm.weight") { #expect(initializer == .constant(1), "\(name)") }
    }
  }

  @Test func embeddingsAreNormal() {
    #expect(Initialization.glorot.embedding(size: 64) == .normal(deviation: 0.125))
    #expect(Initialization.depthScaled.embedding(size: 64) == .normal(deviation: 0.125))
    #expect(Initialization.normal.embedding(size: 64) == .normal(deviation: 0.02))
  }
}

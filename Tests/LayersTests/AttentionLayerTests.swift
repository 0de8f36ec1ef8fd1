import Autodiff
import Layers
import Tensors
import TestSupport
import Testing

@Suite struct SelfAttentionTests {
  @Test func declaresProjectionsUnderTheirOwnNames() {
    var builder = ParameterBuilder()
    _ = SelfAttention(size: 4, heads: 2, dropoutRate: 0, in: &builder)
    // Weights are adjacent, then biases: each triple is one product.
    #expect(
      builder.parameters.map(\.name) == [
        "q_proj.weight", "k_proj.weight", "v_proj.weight", "q_proj.bias", "k_proj.bias", "v_proj.bias",
        "out_proj.weight", "out_proj.bias",
      ])
    #expect(builder.count == 4 * (16 + 4))
  }

  @Test(arguments: [1, 2, 4], [false, true])
  func agreesWithReference(heads: Int, causal: Bool) {
    var builder = ParameterBuilder()
    let layer = SelfAttention(size: 8, heads: heads, dropoutRate: 0.5, in: &builder)
    let parameters = RandomParameters(builder, deviation: 0.5)
    let spans = [AttentionSpan(queries: 0..<4, keys: 0..<4), AttentionSpan(queries: 4..<5, keys: 4..<5)]
    let x = randomValues(40, seed: 9)
    let tape = Tape(inference: parameters.values)
    let y = layer(tape.makeTensor([5, 8], x), spans: spans, causal: causal, on: tape)
    let projected = (0..<3).map {
      Reference.affine(Grid([5, 8], x), parameters.grid($0), parameters.grid(3 + $0))
    }
    let read = Reference.attention(
      projected[0], projected[1], projected[2], heads: heads, spans: spans, causal: causal)
    let expected = Reference.affine(read, parameters.grid(6), parameters.grid(7))
    #expect(Deviation(y.array, from: expected.floats).worst < 1e-5)
  }

  @Test(arguments: [false, true])
  func rotaryPositionsStartAnewInEverySentence(halves: Bool) {
    var builder = ParameterBuilder()
    let layer = SelfAttention(
      size: 8, heads: 2, dropoutRate: 0.5,
      positions: .rotary(RotaryEmbedding(positions: 4, headSize: 4, pairsHalves: halves)),
      linear: LinearOptions(usesBias: false), in: &builder)
    let parameters = RandomParameters(builder, deviation: 0.5)
    let spans = [AttentionSpan(queries: 0..<4, keys: 0..<4), AttentionSpan(queries: 4..<6, keys: 4..<6)]
    let x = randomValues(48, seed: 9)
    let tape = Tape(inference: parameters.values)
    let y = layer(tape.makeTensor([6, 8], x), spans: spans, causal: true, on: tape)
    let projected = (0..<3).map { index in
      let rows = Reference.affine(Grid([6, 8], x), parameters.grid(index))
      guard index < 2 else { return rows }
      return Reference.rotated(
        rows, columns: 8, headSize: 4, positions: [0, 1, 2, 3, 0, 1], halves: halves)
    }
    let read = Reference.attention(
      projected[0], projected[1], projected[2], heads: 2, spans: spans, causal: true)
    let expected = Reference.affine(read, parameters.grid(3))
    #expect(Deviation(y.array, from: expected.floats).worst < 1e-5)
  }

  @Test(arguments: [
    AttentionPositions.none, .rotary(RotaryEmbedding(positions: 7, headSize: 4)),
    .distanceBias(DistanceBias(heads: 2)),
  ])
  func stepsGiveWhatAllPositionsAtOnceGive(positions: AttentionPositions) {
    var builder = ParameterBuilder()
    let layer = SelfAttention(size: 8, heads: 2, dropoutRate: 0, positions: positions, in: &builder)
    let parameters = RandomParameters(builder, deviation: 0.5)
    let x = randomValues(7 * 8, seed: 9)
    let (tape, memory) = (Tape(inference: parameters.values), Tape(inference: parameters.values))
    let whole = layer(
      tape.makeTensor([7, 8], x), spans: [AttentionSpan(queries: 0..<7, keys: 0..<7)], causal: true, on: tape
    ).array
    var history = layer.makeHistory()
    for position in 0..<7 {
      tape.reset()
      let row = Array(x[position * 8..<(position + 1) * 8])
      // Two identical hypotheses.
      let y = layer.step(
        tape.makeTensor([2, 8], row + row), history: &history,
        ancestors: (0..<2).flatMap { [Int32](repeating: $0, count: position + 1) }, memory: memory, on: tape
      ).array
      let expected = Array(whole[position * 8..<(position + 1) * 8])
      #expect(Deviation(y, from: expected + expected).worst < 1e-5)
    }
  }
}

@Suite struct CrossAttentionTests {
  @Test func agreesWithReference() {
    var builder = ParameterBuilder()
    let layer = CrossAttention(size: 8, heads: 2, dropoutRate: 0.5, in: &builder)
    #expect(
      builder.parameters.map(\.name) == [
        "q_proj.weight", "q_proj.bias", "k_proj.weight", "v_proj.weight", "k_proj.bias", "v_proj.bias",
        "out_proj.weight", "out_proj.bias",
      ])
    let parameters = RandomParameters(builder, deviation: 0.5)
    let spans = [AttentionSpan(queries: 0..<1, keys: 2..<5), AttentionSpan(queries: 1..<4, keys: 0..<2)]
    let (x, source) = (randomValues(32, seed: 9), randomValues(40, seed: 10))
    let tape = Tape(inference: parameters.values)
    let projected = layer.project(tape.makeTensor([5, 8], source), on: tape)
    let y = layer(tape.makeTensor([4, 8], x), over: projected, spans: spans, on: tape)
    let (q, k, v) = (
      Reference.affine(Grid([4, 8], x), parameters.grid(0), parameters.grid(1)),
      Reference.affine(Grid([5, 8], source), parameters.grid(2), parameters.grid(4)),
      Reference.affine(Grid([5, 8], source), parameters.grid(3), parameters.grid(5))
    )
    let read = Reference.attention(q, k, v, heads: 2, spans: spans, causal: false)
    let expected = Reference.affine(read, parameters.grid(6), parameters.grid(7))
    #expect(Deviation(y.array, from: expected.floats).worst < 1e-5)
  }
}

@Suite struct TransformerLayerTests {
  private func options(_ placement: NormPlacement) -> LayerOptions {
    LayerOptions(
      size: 6, innerSize: 7, heads: 2, activation: .gelu, normPlacement: placement, dropout: 0.2,
      attentionDropout: 0.1, activationDropout: 0.3)
  }

  /// Rotary positions or a distance bias, a gate and no biases.
  private func variant(_ placement: NormPlacement) -> LayerOptions {
    var result = options(placement)
    (result.size, result.activation) = (8, .swiglu)
    result.positions =
      placement == .post
      ? .rotary(RotaryEmbedding(positions: 3, headSize: 4)) : .distanceBias(DistanceBias(heads: 2))
    result.linear = LinearOptions(usesBias: false)
    return result
  }

  @Test(arguments: [NormPlacement.post, .pre])
  func gradientsOfVariantsMatchFiniteDifferences(_ placement: NormPlacement) {
    let spans = [AttentionSpan(queries: 0..<3, keys: 0..<3), AttentionSpan(queries: 3..<5, keys: 3..<5)]
    var builder = ParameterBuilder()
    let encoder = TransformerEncoderLayer(variant(placement), in: &builder)
    let decoder = TransformerDecoderLayer(variant(placement), in: &builder)
    #expect(builder.parameters.allSatisfy { $0.name.hasSuffix("weight") })
    let x = builder.matrix("x", 5, 8, .constant(0))
    let target = builder.matrix("target", 5, 8, .constant(0))
    expectGradientsMatch(RandomParameters(builder, deviation: 0.6), tolerance: 2e-3) { tape in
      let encoded = encoder(tape.tensor(x), spans: spans, on: tape)
      return decoder(tape.tensor(target), over: encoded, spans: spans, crossSpans: spans, on: tape)
    }
  }

  @Test(arguments: [NormPlacement.post, .pre])
  func encoderLayerGradientsMatchFiniteDifferences(_ placement: NormPlacement) {
    var builder = ParameterBuilder()
    let layer = TransformerEncoderLayer(options(placement), in: &builder)
    let x = builder.matrix("x", 5, 6, .constant(0))
    let spans = [AttentionSpan(queries: 0..<3, keys: 0..<3), AttentionSpan(queries: 3..<5, keys: 3..<5)]
    expectGradientsMatch(RandomParameters(builder, deviation: 0.6), tolerance: 2e-3) { tape in
      layer(tape.tensor(x), spans: spans, on: tape)
    }
  }

  @Test(arguments: [NormPlacement.post, .pre], [false, true])
  func decoderLayerGradientsMatchFiniteDifferences(_ placement: NormPlacement, causal: Bool) {
    var builder = ParameterBuilder()
    let layer = TransformerDecoderLayer(options(placement), in: &builder)
    let x = builder.matrix("x", 5, 6, .constant(0))
    let source = builder.matrix("source", 4, 6, .constant(0))
    let spans = [AttentionSpan(queries: 0..<3, keys: 0..<3), AttentionSpan(queries: 3..<5, keys: 3..<5)]
    let cross = [AttentionSpan(queries: 0..<3, keys: 1..<4), AttentionSpan(queries: 3..<5, keys: 0..<1)]
    expectGradientsMatch(RandomParameters(builder, deviation: 0.6), tolerance: 2e-3) { tape in
      layer(
        tape.tensor(x), over: tape.tensor(source), spans: spans, crossSpans: cross, causal: causal, on: tape)
    }
  }
}

import Layers
import Models
import Tensors
import TestSupport
import Testing

/// The names under which Hugging Face's Marian keeps its weights.
@Suite struct ParameterNamesTests {
  /// Written from the Python module's attributes, not from our code.
  private func expectedNames(_ tying: EmbeddingTying, pre: Bool) -> Set<String> {
    var names: Set<String> =
      switch tying {
      case .all: ["model.shared.weight"]
      case .decoder: ["model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight"]
      case .embeddings: ["model.shared.weight", "lm_head.weight"]
      case .none:
        ["model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight", "lm_head.weight"]
      }
    let attention = ["q_proj", "k_proj", "v_proj", "out_proj"]
    let encoderLayer =
      attention.map { "self_attn.\($0)" } + ["self_attn_layer_norm", "fc1", "fc2", "final_layer_norm"]
    let decoderLayer =
      encoderLayer + attention.map { "encoder_attn.\($0)" } + ["encoder_attn_layer_norm"]
    var modules: [String] = []
    for layer in 0..<2 { modules += encoderLayer.map { "model.encoder.layers.\(layer).\($0)" } }
    for layer in 0..<3 { modules += decoderLayer.map { "model.decoder.layers.\(layer).\($0)" } }
    if pre { modules += ["model.encoder.layer_norm", "model.decoder.layer_norm"] }
    for module in modules { names.formUnion(["\(module).weight", "\(module).bias"]) }
    return names
  }

  @Test(arguments: EmbeddingTying.allCases, NormPlacement.allCases)
  func areThoseOfHuggingFacesMarian(_ tying: EmbeddingTying, _ placement: NormPlacement) {
    let model = SmallModel {
      ($0.tying, $0.normPlacement, $0.decoderLayers) = (tying, placement, 3)
    }.architecture
    #expect(Set(model.parameters.map(\.name)) == expectedNames(tying, pre: placement == .pre))
    #expect(Set(model.parameters.map(\.name)).count == model.parameters.count)
    #expect(model.configuration.parameterCount == model.parameterCount)
  }

  @Test(arguments: EmbeddingTying.allCases, NormPlacement.allCases)
  func variantsHaveTheirOwn(_ tying: EmbeddingTying, _ placement: NormPlacement) {
    for activation in FeedForwardActivation.allCases {
      for positions in PositionEncoding.allCases {
        for usesBias in [false, true] {
          let model = SmallModel {
            ($0.tying, $0.normPlacement, $0.decoderLayers) = (tying, placement, 3)
            ($0.activation, $0.positions, $0.usesBias) = (activation, positions, usesBias)
          }.architecture
          var expected = expectedNames(tying, pre: placement == .pre)
          if activation.isGated {
            for name in expected where name.contains(".fc1.") {
              expected.insert(name.replacing("fc1", with: "fc3"))
            }
          }
          if !usesBias { expected = expected.filter { !$0.hasSuffix("bias") } }
          if positions == .learned {
            expected.formUnion(["encoder", "decoder"].map { "model.\($0).embed_positions.weight" })
          }
          let names = model.parameters.map(\.name)
          #expect(Set(names) == expected && names.count == expected.count)
          #expect(model.configuration.parameterCount == model.parameterCount)
        }
      }
    }
  }

  /// Names of our own, since Hugging Face's Marian has none of these.
  @Test(arguments: [true, false])
  func decoderCellsHaveTheirOwn(usesBias: Bool) {
    let parts: [(DecoderCell, AverageAttentionOptions, [String])] = [
      (.ssru, .init(), ["ssru.candidate.weight", "ssru.forget.weight", "ssru.forget.bias"]),
      (.averageAttention, Self.average(0, isGated: false), []),
      (.averageAttention, Self.average(24, isGated: false), ["fc1.weight", "fc1.bias"]),
      (
        .averageAttention, Self.average(17, isGated: true),
        ["fc1", "fc2", "input_gate", "forget_gate"].flatMap { ["\($0).weight", "\($0).bias"] }
      ),
    ]
    for (cell, options, own) in parts {
      let model = SmallModel {
        ($0.decoderCell, $0.averageAttention, $0.decoderLayers, $0.usesBias) = (cell, options, 3, usesBias)
      }.architecture
      var expected = expectedNames(.all, pre: false).filter {
        !$0.contains("model.decoder") || !$0.contains(".self_attn.")
      }
      for layer in 0..<3 {
        for name in own {
          expected.insert("model.decoder.layers.\(layer).\(cell == .ssru ? "" : "average_attn.")\(name)")
        }
      }
      if !usesBias { expected = expected.filter { !$0.hasSuffix("bias") } }
      let names = model.parameters.map(\.name)
      #expect(Set(names) == expected && names.count == expected.count, "\(cell)")
      #expect(model.configuration.parameterCount == model.parameterCount)
    }
  }

  private static func average(_ innerSize: Int, isGated: Bool) -> AverageAttentionOptions {
    var options = AverageAttentionOptions()
    (options.innerSize, options.isGated) = (innerSize, isGated)
    return options
  }

  @Test func outputBiasAndMoreNormsHaveTheirOwn() {
    let model = SmallModel {
      ($0.hasOutputBias, $0.normalizesEmbeddings, $0.endsInNorm) = (true, true, true)
      ($0.decoderLayers, $0.decoderInnerSize) = (3, 11)
    }.architecture
    var expected = expectedNames(.all, pre: true)
    for side in ["encoder", "decoder"] {
      for kind in ["weight", "bias"] { expected.insert("model.\(side).layernorm_embedding.\(kind)") }
    }
    expected.insert("final_logits_bias")
    #expect(Set(model.parameters.map(\.name)) == expected)
    #expect(model.configuration.parameterCount == model.parameterCount)
  }

  @Test func learnedPositionsHaveARowForEachPosition() throws {
    let model = SmallModel { ($0.positions, $0.maxPositions) = (.learned, 33) }.architecture
    for side in ["encoder", "decoder"] {
      let table = try #require(
        model.parameters.first { $0.name == "model.\(side).embed_positions.weight" })
      #expect(table.extents == [33, 24])
    }
  }

  @Test func parametersFillTheBufferWithoutGaps() {
    let model = SmallModel().architecture
    var end = 0
    for item in model.parameters {
      #expect(item.parameter.offset == end)
      #expect(item.extents.reduce(1, *) == item.parameter.shape.count)
      end += item.parameter.shape.count
    }
    #expect(end == model.parameterCount)
  }

  @Test func theBaseModelHasItsKnownSize() {
    let base = Transformer(
      ModelPreset.base.configuration(sourceVocabularySize: 37_000, targetVocabularySize: 37_000))
    // 44.1 million in the layers, and the embeddings once.
    #expect(base.parameterCount == 37_000 * 512 + 44_138_496)
  }

  /// Layer l of each stack has 1/√l of the deviation of the first.
  @Test func depthScaledWeightsShrinkWithDepth() throws {
    let model = SmallModel {
      ($0.initialization, $0.encoderLayers, $0.decoderLayers, $0.size) = (.depthScaled, 4, 9, 64)
    }.architecture
    let weights = model.initialParameters(seed: 1)
    func deviation(_ name: String) throws -> Double {
      rootMeanSquare(weights.array(try #require(model.parameters.first { $0.name == name })))
    }
    let first = try deviation("model.encoder.layers.0.fc1.weight")
    #expect(try abs(deviation("model.encoder.layers.3.fc1.weight") / first - 1 / 2) < 0.02)
    #expect(try abs(deviation("model.decoder.layers.8.fc1.weight") / first - 1 / 3) < 0.02)
    #expect(try abs(deviation("model.shared.weight") - 1 / 8) < 0.01)
  }

  @Test func normalWeightsHaveOneDeviation() {
    let model = SmallModel { ($0.initialization, $0.positions) = (.normal, .learned) }.architecture
    let weights = model.initialParameters(seed: 1)
    for item in model.parameters where item.extents.count > 1 {
      #expect(abs(rootMeanSquare(weights.array(item)) - 0.02) < 0.003, "\(item.name)")
    }
  }

  @Test func initialWeightsDependOnTheSeedAlone() {
    let model = SmallModel().architecture
    let (first, again, other) = (
      model.initialParameters(seed: 1), model.initialParameters(seed: 1), model.initialParameters(seed: 2)
    )
    #expect(first.array == again.array && first.array != other.array)
    for item in model.parameters {
      let values = first.array(item)
      if item.name.hasSuffix("norm.weight") {
        #expect(values.allSatisfy { $0 == 1 }, "\(item.name)")
      } else if item.name.hasSuffix("bias") {
        #expect(values.allSatisfy { $0 == 0 }, "\(item.name)")
      } else {
        #expect(Set(values).count > values.count / 2, "\(item.name)")
      }
    }
  }
}

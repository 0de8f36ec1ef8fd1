import FoundationEssentials
import Models
import Testing
import Tokens

/// The heads that say where predictions come from.
@Suite struct AlignmentHeadsTests {
  static func configuration(_ heads: AlignmentHeads?) -> ModelConfiguration {
    var configuration = ModelConfiguration(sourceVocabularySize: 12, targetVocabularySize: 12)
    (configuration.size, configuration.innerSize, configuration.heads) = (16, 32, 4)
    (configuration.encoderLayers, configuration.decoderLayers) = (1, 2)
    configuration.alignmentHeads = heads
    return configuration
  }

  @Test(arguments: [nil, AlignmentHeads(layer: 1, heads: [0]), AlignmentHeads(layer: 0, heads: [1, 3])])
  func theyAreWrittenAndRead(heads: AlignmentHeads?) throws {
    let data = try JSONEncoder().encode(Self.configuration(heads))
    let text = String(decoding: data, as: UTF8.self)
    #expect(text.contains("alignment_heads") == (heads != nil))
    if let heads { #expect(text.contains("[[\(heads.layer),\(heads.heads[0])]")) }
    #expect(try JSONDecoder().decode(ModelConfiguration.self, from: data).alignmentHeads == heads)
  }

  @Test(arguments: [
    "[]", "[[0]]", "[[0, 0], [1, 0]]", "[[2, 0]]", "[[0, 4]]", "[[0, 1], [0, 1]]", "[[0, 1], [0, 0]]",
  ])
  func impossibleOnesAreRefused(pairs: String) throws {
    let data = try JSONEncoder().encode(Self.configuration(AlignmentHeads(layer: 1, heads: [0])))
    let text = String(decoding: data, as: UTF8.self).replacing("[[1,0]]", with: pairs)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ModelConfiguration.self, from: Data(text.utf8))
    }
  }

  /// The attention of one layer's heads is that of others, and the mean of single heads is that of both.
  @Test func theMeanOfTheseHeadsIsReported() {
    let weights = Transformer(Self.configuration(nil)).initialParameters(seed: 5)
    func attention(_ heads: AlignmentHeads?) -> [Float] {
      let model = TrainedTransformer(Transformer(Self.configuration(heads)), weights: weights)
      var state = model.start(TokenBatch([[4, 5, 6, 2]]))
      state.keepAttention()
      var scores: [Float] = []
      model.step([1], &state, scores: &scores)
      return state.attention?[0] ?? []
    }
    let single = (0..<4).map { attention(AlignmentHeads(layer: 1, heads: [$0])) }
    #expect(Set(single).count == 4 && attention(AlignmentHeads(layer: 0, heads: [0])) != single[0])
    for (found, heads) in [
      (attention(nil), [0, 1, 2, 3]), (attention(.init(layer: 1, heads: [1, 3])), [1, 3]),
    ] {
      for (place, share) in found.enumerated() {
        let mean = heads.reduce(Float(0)) { $0 + single[$1][place] } / Float(heads.count)
        #expect(abs(share - mean) < 1e-6)
      }
    }
  }
}

import Autodiff
import Foundation
import Layers
import Models
import Testing
import Tokens

@Suite struct ModelConfigurationTests {
  private func decode(_ json: String) throws -> ModelConfiguration {
    try JSONDecoder().decode(ModelConfiguration.self, from: Data(json.utf8))
  }

  @Test(arguments: EmbeddingTying.allCases, NormPlacement.allCases)
  func writtenAndReadBackIsTheSame(_ tying: EmbeddingTying, _ placement: NormPlacement) throws {
    for (index, activation) in FeedForwardActivation.allCases.enumerated() {
      var configuration = ModelConfiguration(
        sourceVocabularySize: 100, targetVocabularySize: [.all, .embeddings].contains(tying) ? 100 : 90)
      configuration.size = 48
      configuration.heads = 3
      configuration.innerSize = 50
      configuration.encoderLayers = 1
      configuration.decoderLayers = 7
      configuration.activation = activation
      configuration.normPlacement = placement
      configuration.tying = tying
      configuration.scalesEmbeddings = placement == .pre
      configuration.positionLayout = placement == .pre ? .halves : .interleaved
      configuration.maxPositions = 77
      configuration.positions = PositionEncoding.allCases[index % PositionEncoding.allCases.count]
      configuration.initialization = Initialization.allCases[index / 2 % Initialization.allCases.count]
      configuration.usesBias = index % 2 == 0
      configuration.dropout = 0.25
      configuration.attentionDropout = 0.125
      configuration.activationDropout = 0.0625
      let data = try JSONEncoder().encode(configuration)
      #expect(try JSONDecoder().decode(ModelConfiguration.self, from: data) == configuration)
    }
  }

  @Test func keysAreThoseOfHuggingFacesMarian() throws {
    let configuration = ModelPreset.base.configuration(sourceVocabularySize: 100, targetVocabularySize: 100)
    let json = try #require(
      JSONSerialization.jsonObject(with: JSONEncoder().encode(configuration)) as? [String: Any])
    let numbers = [
      "vocab_size": 100, "decoder_vocab_size": 100, "d_model": 512, "encoder_layers": 6, "decoder_layers": 6,
      "encoder_attention_heads": 8, "decoder_attention_heads": 8, "encoder_ffn_dim": 2048,
      "decoder_ffn_dim": 2048,
      "max_position_embeddings": 1024, "pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2,
      "decoder_start_token_id": 1, "unk_token_id": 3,
    ]
    for (key, value) in numbers { #expect(json[key] as? Int == value, "\(key)") }
    let texts = [
      "model_type": "marian", "activation_function": "relu", "norm_placement": "post",
      "position_layout": "interleaved",
    ]
    for (key, value) in texts { #expect(json[key] as? String == value, "\(key)") }
    for key in [
      "scale_embedding", "tie_word_embeddings", "share_encoder_decoder_embeddings",
      "static_position_embeddings",
    ] { #expect(json[key] as? Bool == true, "\(key)") }
  }

  /// Files of the paper's models do not change by a byte.
  @Test func variantsAreWrittenOnlyWhereTheyAreInUse() throws {
    var configuration = ModelPreset.tiny.configuration(sourceVocabularySize: 9, targetVocabularySize: 9)
    func json() throws -> [String: Any] {
      try #require(
        JSONSerialization.jsonObject(with: JSONEncoder().encode(configuration)) as? [String: Any])
    }
    let keys = ["position_encoding", "use_bias", "initialization"]
    #expect(try Set(json().keys).isDisjoint(with: keys))
    (configuration.positions, configuration.usesBias) = (.learned, false)
    (configuration.initialization, configuration.activation) = (.depthScaled, .geglu)
    let written = try json()
    #expect(written["position_encoding"] as? String == "learned")
    #expect(written["static_position_embeddings"] as? Bool == false)
    #expect(written["use_bias"] as? Bool == false)
    #expect(written["initialization"] as? String == "depth-scaled")
    #expect(written["activation_function"] as? String == "geglu")
  }

  /// Without our key, positions follow Hugging Face's Marian.
  @Test func positionsThatAreNotStaticAreLearned() throws {
    #expect(try decode("{\(Self.least)}").positions == .sinusoidal)
    #expect(try decode("{\(Self.least), \"static_position_embeddings\": true}").positions == .sinusoidal)
    #expect(try decode("{\(Self.least), \"static_position_embeddings\": false}").positions == .learned)
    #expect(try decode("{\(Self.least), \"position_encoding\": \"rotary\"}").positions == .rotary)
    #expect(try decode("{\(Self.least), \"position_encoding\": \"alibi\"}").positions == .alibi)
  }

  static let least = """
    "vocab_size": 50, "d_model": 8, "encoder_layers": 1, "decoder_layers": 2,
    "encoder_attention_heads": 2, "encoder_ffn_dim": 16
    """

  @Test func unknownKeysArePassedOverAndMissingOnesHaveDefaults() throws {
    let configuration = try decode(
      "{\(Self.least), \"architectures\": [\"MarianMTModel\"], \"num_beams\": 6}")
    #expect(configuration.sourceVocabularySize == 50 && configuration.targetVocabularySize == 50)
    #expect((configuration.encoderLayers, configuration.decoderLayers) == (1, 2))
    #expect(configuration.tying == .all && configuration.maxPositions == 1024)
  }

  /// As in `config.json` of OPUS-MT's models, which have no separate beginning token.
  @Test func specialTokensAreReadAndWritten() throws {
    #expect(try decode("{\(Self.least)}").specialTokens == .standard)
    var configuration = try decode(
      "{\(Self.least), \"bos_token_id\": 0, \"eos_token_id\": 0, \"pad_token_id\": 49, "
        + "\"decoder_start_token_id\": 49, \"unk_token_id\": 1}")
    #expect(configuration.specialTokens == SpecialTokens(padding: 49, beginning: 49, end: 0, unknown: 1))
    let beginning = try decode("{\(Self.least), \"bos_token_id\": 7}")
    #expect(beginning.specialTokens.beginning == 7)
    for special in [configuration.specialTokens, SpecialTokens(padding: 9, beginning: 8, end: 7, unknown: 6)]
    {
      configuration.specialTokens = special
      let written = try JSONEncoder().encode(configuration)
      #expect(try JSONDecoder().decode(ModelConfiguration.self, from: written) == configuration)
    }
  }

  /// As in Marian, whose vocabularies have no padding and no beginning token.
  @Test func tokensMayBeAbsent() throws {
    var configuration = try decode(
      "{\(Self.least), \"pad_token_id\": null, \"bos_token_id\": null, \"decoder_start_token_id\": null, "
        + "\"eos_token_id\": 0, \"unk_token_id\": 1}")
    let absent = SpecialTokens.absent
    #expect(
      configuration.specialTokens == SpecialTokens(padding: absent, beginning: absent, end: 0, unknown: 1))
    #expect(configuration.specialTokens.ids == [0, 1])
    configuration.decoderCell = .ssru
    let written = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(ModelConfiguration.self, from: written) == configuration)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let change: String
    let message: String
    var testDescription: String { change }
  }

  static let cases = [
    Case(change: "\"d_model\": 9", message: "d_model 9 is not a multiple of 2 attention heads"),
    Case(change: "\"d_model\": 0", message: "d_model is 0, expected a number from 1 to"),
    Case(change: "\"encoder_layers\": -1", message: "encoder_layers is -1"),
    Case(change: "\"encoder_attention_heads\": 0", message: "encoder_attention_heads is 0"),
    Case(change: "\"vocab_size\": 99999999999", message: "vocab_size is 99999999999"),
    Case(change: "\"decoder_attention_heads\": 4", message: "decoder_attention_heads is 4, expected 2"),
    Case(change: "\"decoder_ffn_dim\": 0", message: "decoder_ffn_dim is 0, expected a number from 1"),
    Case(change: "\"pad_token_id\": 58100", message: "pad_token_id is 58100, but there are only 50 tokens"),
    Case(change: "\"eos_token_id\": -1", message: "eos_token_id is -1"),
    Case(change: "\"decoder_start_token_id\": 50", message: "decoder_start_token_id is 50"),
    Case(change: "\"bos_token_id\": 50", message: "bos_token_id is 50"),
    Case(change: "\"unk_token_id\": \"<unk>\"", message: "unk_token_id"),
    Case(change: "\"decoder_vocab_size\": 40", message: "vocabularies of 50 and 40 tokens"),
    Case(change: "\"dropout\": 1.0", message: "dropout is 1.0"),
    Case(change: "\"attention_dropout\": -0.5", message: "attention_dropout is -0.5"),
    Case(change: "\"activation_function\": \"tanh\"", message: "tanh"),
    Case(
      change: "\"activation_function\": \"swigloo\"",
      message: "relu, gelu, quick_gelu, swish, reglu, geglu, swiglu"),
    Case(change: "\"d_model\": \"wide\"", message: "d_model"),
    Case(change: "\"position_encoding\": \"relative\"", message: "sinusoidal, learned, rotary, alibi"),
    Case(
      change: "\"position_encoding\": \"learned\", \"static_position_embeddings\": true",
      message: "static_position_embeddings is true, but position_encoding is learned"),
    Case(
      change: "\"position_encoding\": \"sinusoidal\", \"static_position_embeddings\": false",
      message: "static_position_embeddings is false, but position_encoding is sinusoidal"),
    Case(
      change: "\"d_model\": 10, \"position_encoding\": \"rotary\"",
      message: "d_model 10 leaves an odd number of them, 5, to each of 2 attention heads"),
    Case(change: "\"pad_token_id\": -1", message: "pad_token_id is -1"),
    Case(change: "\"eos_token_id\": null", message: "the end token is -1"),
    Case(
      change: "\"pad_token_id\": null, \"autoregressive_decoder\": false, "
        + "\"nonautoregressive_decoder\": {\"method\": \"ctc\", \"layers\": 1, \"upsampling\": 2, "
        + "\"ending\": \"predicted\", \"max_length_difference\": 9}",
      message: "no padding token"),
    Case(change: "\"decoder_cell\": \"gru\"", message: "self-attention, ssru, average-attention"),
    Case(
      change: "\"decoder_cell\": \"average-attention\", \"average_attention\": {\"ffn_dim\": -1, "
        + "\"activation_function\": \"relu\", \"gate\": true}", message: "ffn_dim"),
    Case(change: "\"layer_norm_epsilon\": 0", message: "layer_norm_epsilon is 0"),
    Case(
      change: "\"position_encoding\": \"rotary\", \"position_layout\": \"marian\"",
      message: "rotary positions have no layout 'marian'"),
    Case(change: "\"use_bias\": \"no\"", message: "use_bias"),
    Case(change: "\"initialization\": \"zeros\"", message: "glorot, normal, depth-scaled"),
  ]

  @Test(arguments: cases)
  func impossibleArchitecturesAreRefused(_ item: Case) {
    let key = item.change.prefix { $0 != ":" }
    let others = Self.least.split(separator: ",").filter { !$0.contains(key) }
    #expect {
      try decode("{\(others.joined(separator: ",")), \(item.change)}")
    } throws: { error in
      let isWordy = "\(error)".contains(item.message)
      #expect(isWordy, "\(error)")
      return error is DecodingError
    }
  }

  @Test func missingSizesAreRefused() {
    for key in ["vocab_size", "d_model", "encoder_layers", "decoder_layers", "encoder_ffn_dim"] {
      let others = Self.least.split(separator: ",").filter { !$0.contains("\"\(key)\"") }
      #expect(throws: DecodingError.self) { try decode("{\(others.joined(separator: ","))}") }
    }
  }
}

@Suite struct ModelPresetTests {
  @Test(arguments: ModelPreset.allCases)
  func isPossible(_ preset: ModelPreset) {
    let configuration = preset.configuration(sourceVocabularySize: 100, targetVocabularySize: 100)
    #expect(configuration.problem == nil)
    #expect((configuration.encoderLayers == configuration.decoderLayers) == (preset != .student))
  }

  static let sizes: [(preset: ModelPreset, size: Int, layers: Int, inner: Int, heads: Int)] = [
    (.tiny, 128, 4, 256, 4), (.small, 256, 6, 1024, 4), (.base, 512, 6, 2048, 8), (.big, 1024, 6, 4096, 16),
  ]

  @Test(arguments: sizes)
  func hasItsSizes(_ item: (preset: ModelPreset, size: Int, layers: Int, inner: Int, heads: Int)) {
    let configuration = item.preset.configuration(sourceVocabularySize: 9, targetVocabularySize: 9)
    #expect(configuration.size == item.size && configuration.encoderLayers == item.layers)
    #expect(configuration.innerSize == item.inner && configuration.heads == item.heads)
  }
}

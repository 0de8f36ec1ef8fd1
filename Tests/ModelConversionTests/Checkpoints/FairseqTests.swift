import Files
import Foundation
import Layers
import ModelConversion
import Models
import Tensors
import TestSupport
import Testing
import Text
import Tokens

/// Checkpoints of fairseq, written from models of ours.
@Suite struct FairseqTests {
  struct Variant: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var options: [String: Bool] = [:]
    var isJoint = true
    /// Whether options are a Namespace under `args`, or nested under `cfg`, with values in omegaconf's nodes.
    var form = Form.arguments
    /// Whether names are those of before 2019.
    var isOld = false
    var change: @Sendable (inout ModelConfiguration) -> Void = { _ in }
  }

  enum Form: Sendable { case arguments, configuration, omegaconf }

  static let variants = [
    Variant(testDescription: "post-norm, all shared", options: ["share_all_embeddings": true]),
    Variant(
      testDescription: "pre-norm, output shared",
      options: [
        "share_decoder_input_output_embed": true, "encoder_normalize_before": true,
        "decoder_normalize_before": true,
      ], isJoint: false, form: .configuration
    ) { ($0.normPlacement, $0.tying) = (.pre, .decoder) },
    Variant(
      testDescription: "nothing shared, gelu, learned positions, norm of embeddings",
      options: ["encoder_learned_pos": true, "no_scale_embedding": true], isJoint: false, form: .omegaconf
    ) {
      ($0.activation, $0.tying, $0.scalesEmbeddings) = (.gelu, .none, false)
      $0.normalizesEmbeddings = true
    },
    Variant(
      testDescription: "names of before 2019", options: ["share_all_embeddings": true], isOld: true),
  ]

  /// Tokens whose first four are fairseq's.
  static func tokens(_ count: Int) -> [String] {
    ["<s>", "<pad>", "</s>", "<unk>"] + (0..<count).map { "w\($0)" }
  }

  static func sample(_ variant: Variant) throws -> SampleModel {
    let pipeline = try SampleVocabulary.listed(tokens(5), tokens(variant.isJoint ? 5 : 7))
    return SampleModel(pipeline) {
      ($0.hasOutputBias, $0.normEpsilon) = (false, 1e-5)
      $0.positions = .learned
      $0.specialTokens.beginning = $0.specialTokens.end
      variant.change(&$0)
    }
  }

  /// Writes a checkpoint and its dictionaries.
  static func write(
    _ sample: SampleModel, _ variant: Variant, to folder: String, extra: [(String, TorchValue)] = [],
    task: String = "translation"
  ) throws {
    let model = sample.model.architecture.configuration
    var options: [(String, TorchValue)] = [
      ("arch", .text("transformer_iwslt_de_en")), ("encoder_embed_dim", .int(model.size)),
      ("encoder_layers", .int(model.encoderLayers)), ("decoder_layers", .int(model.decoderLayers)),
      ("encoder_attention_heads", .int(model.heads)), ("decoder_attention_heads", .int(model.heads)),
      ("encoder_ffn_embed_dim", .int(model.innerSize)),
      ("decoder_ffn_embed_dim", .int(model.decoderInnerSize ?? model.innerSize)),
      ("activation_fn", .text(model.activation.rawValue)), ("max_source_positions", .int(model.maxPositions)),
      ("max_target_positions", .int(model.maxPositions)), ("decoder_output_dim", .none),
      ("dropout", .float(0.3)),
    ]
    options += variant.options.sorted { $0.key < $1.key }.map { ($0.key, .bool($0.value)) }
    let taskOptions: [(String, TorchValue)] = [
      ("task", .text(task)), ("source_lang", .text("en")), ("target_lang", .text("de")),
    ]
    func node(_ value: TorchValue) -> TorchValue {
      .object(module: "omegaconf.nodes", name: "AnyNode", [("_metadata", .none), ("_val", value)])
    }
    func container(_ members: [(String, TorchValue)]) -> TorchValue {
      .object(
        module: "omegaconf.dictconfig", name: "DictConfig",
        [("_parent", .none), ("_content", .dictionary(members.map { ($0.0, node($0.1)) }))])
    }
    let root: [(String, TorchValue)] =
      switch variant.form {
      case .arguments:
        [("args", .object(module: "argparse", name: "Namespace", options + taskOptions)), ("cfg", .none)]
      case .configuration:
        [
          ("args", .none),
          (
            "cfg",
            .dictionary([
              ("model", .object(module: "argparse", name: "Namespace", options)),
              ("task", .dictionary([("_name", taskOptions[0].1)] + taskOptions.dropFirst())),
            ])
          ),
        ]
      case .omegaconf:
        [("cfg", .dictionary([("model", container(options)), ("task", container(taskOptions))]))]
      }
    let state = tensors(of: sample, isOld: variant.isOld) + extra
    try TorchFile.write(
      .dictionary(root + [("model", .dictionary(state)), ("best_loss", .float(1))]),
      to: "\(folder)/checkpoint_best.pt")
    for (side, language) in [(TextPipeline.Side.source, "en"), (.target, "de")] {
      let vocabulary = sample.pipeline.vocabulary(side)
      let lines = (4..<TokenID(vocabulary.count)).map {
        "\(String(decoding: vocabulary[$0], as: UTF8.self)) 7\n"
      }
      try writeFileAtomically(path: "\(folder)/dict.\(language).txt", contents: Array(lines.joined().utf8))
    }
  }

  private static func tensors(of sample: SampleModel, isOld: Bool) -> [(String, TorchValue)] {
    var state: [(String, TorchValue)] = [
      ("encoder.version", .tensor(shape: [1], [3])),
      // A copy that is out of date.
      ("encoder.layers.1.fc1_weight", .tensor(shape: [1], [.nan])),
    ]
    func add(_ name: String, _ shape: [Int], _ values: [Float]) {
      state.append((name, .tensor(shape: shape, values)))
    }
    let size = sample.model.architecture.configuration.size
    let all = sample.model.tensors
    for item in sample.model.architecture.parameters {
      let name = String(item.name.dropFirst("model.".count))
      let values = all[item.name] ?? []
      switch item.name {
      case "model.shared.weight":
        for copy in [
          "encoder.embed_tokens.weight", "decoder.embed_tokens.weight", "decoder.output_projection.weight",
        ] {
          add(copy, item.extents, values)
        }
      case "lm_head.weight": add("decoder.output_projection.weight", item.extents, values)
      case _ where name.hasSuffix("embed_positions.weight"):
        // Positions begin after the padding token's id.
        add(name, [item.extents[0] + 2, size], Array(repeating: 9, count: 2 * size) + values)
      case _ where isOld && name.contains("q_proj"):
        let others = ["k_proj", "v_proj"].flatMap { all[item.name.replacing("q_proj", with: $0)] ?? [] }
        let joined = name.replacing("q_proj.", with: "in_proj_")
        add(joined, [3 * item.extents[0]] + item.extents.dropFirst(), values + others)
      case _ where isOld && (name.contains("k_proj") || name.contains("v_proj")): break
      case _ where isOld && name.contains("layer_norm."):
        let number =
          name.contains("self_attn") ? 0 : name.contains("encoder_attn") || name.hasPrefix("encoder") ? 1 : 2
        let kinds = ["self_attn_layer_norm", "encoder_attn_layer_norm", "final_layer_norm"]
        add(kinds.reduce(name) { $0.replacing($1, with: "layer_norms.\(number)") }, item.extents, values)
      default: add(name, item.extents, values)
      }
    }
    return state
  }

  @Test(arguments: variants)
  func modelsAreTheSame(variant: Variant) throws {
    let folder = try TemporaryFolder()
    let sample = try Self.sample(variant)
    try Self.write(sample, variant, to: folder.path)
    let imported = try ImportedModel(path: folder.path)
    #expect(imported.model.tensors == sample.model.tensors)
    var expected = sample.model.architecture.configuration
    (expected.endsInNorm, expected.dropout) = (expected.normPlacement == .pre, 0.3)
    expected.positionLayout = .interleaved
    #expect(imported.model.architecture.configuration == expected)
    #expect(imported.pipeline.vocabulary(.target) == sample.pipeline.vocabulary(.target))
    #expect(imported.pipeline.settings.targetLanguage == "de")
    #expect(imported.description[0].contains("fairseq"))
  }

  /// Position p of fairseq is row p + 2 of a table in halves, whose last pair has the longest wavelength.
  @Test func sinusoidsBeginAtTwo() throws {
    let folder = try TemporaryFolder()
    let variant = Self.variants[0]
    var sample = try Self.sample(variant)
    sample = SampleModel(sample.pipeline) {
      ($0.hasOutputBias, $0.normEpsilon, $0.positions) = (false, 1e-5, .sinusoidal)
      $0.specialTokens.beginning = $0.specialTokens.end
    }
    try Self.write(sample, variant, to: folder.path)
    let table =
      try ImportedModel(path: folder.path).model.tensors["model.decoder.embed_positions.weight"] ?? []
    let size = 8
    for position in 0..<16 {
      for pair in 0..<size / 2 {
        let angle = Double(position + 2) * pow(1e4, -Double(pair) / 3)
        #expect(abs(Double(table[position * size + pair]) - sin(angle)) < 1e-5)
        #expect(abs(Double(table[position * size + size / 2 + pair]) - cos(angle)) < 1e-5)
      }
    }
  }

  @Test func textIsSplitByCodesOrPieces() throws {
    let variant = Variant(testDescription: "", options: ["share_all_embeddings": true])
    let folder = try TemporaryFolder()
    let pipeline = try SampleVocabulary.listed(
      ["<s>", "<pad>", "</s>", "<unk>", "lo@@", "w", "er", "▁", "a"],
      ["<s>", "<pad>", "</s>", "<unk>", "lo@@", "w", "er", "▁", "a"])
    let sample = SampleModel(pipeline) {
      ($0.hasOutputBias, $0.normEpsilon, $0.positions) = (false, 1e-5, .learned)
      $0.specialTokens.beginning = $0.specialTokens.end
    }
    try Self.write(sample, variant, to: folder.path)
    try writeFileAtomically(path: folder("codes"), contents: Array("#version: 0.2\nl o\ne r</w>\n".utf8))
    var imported = try ImportedModel(path: folder.path).pipeline
    let sentence = imported.encode(Array("low lo w".utf8), side: .source)
    // No merge makes the word `lo`, and its characters are not listed.
    #expect(sentence.ids == [4, 5, 3, 3, 5])
    #expect(
      sentence.unknowns == [
        UnknownText(bytes: Array("l".utf8), continuesWord: true),
        UnknownText(bytes: Array("o".utf8), continuesWord: false),
      ])
    #expect(String(decoding: imported.decode([4, 6, 5]), as: UTF8.self) == "loer w")
    removeFile(folder("codes"))
    try writeFileAtomically(
      path: folder("sentencepiece.bpe.model"), contents: SampleVocabulary.pieces().contents)
    imported = try ImportedModel(path: folder.path).pipeline
    #expect(imported.encode(Array("a".utf8), side: .source).ids == [7, 8])
  }

  @Test func whatDiffersIsRefused() throws {
    let variant = Self.variants[0]
    let cases: [(words: String, options: [String: Bool], extra: [(String, TorchValue)], task: String)] = [
      ("no_cross_attention", ["no_cross_attention": true], [], "translation"),
      ("decoder_normalize_before", ["decoder_normalize_before": true], [], "translation"),
      (
        "'decoder.adaptive", [:], [("decoder.adaptive_softmax.head.weight", .tensor(shape: [1], [1]))],
        "translation"
      ),
      ("task 'translation_multi", [:], [], "translation_multi_simple_epoch"),
    ]
    for item in cases {
      let folder = try TemporaryFolder()
      var changed = variant
      changed.options.merge(item.options) { $1 }
      try Self.write(Self.sample(variant), changed, to: folder.path, extra: item.extra, task: item.task)
      let text = message { _ = try ImportedModel(path: folder.path) }
      #expect(text.contains(item.words) && text.contains("checkpoint_best.pt"), "\(item.words): \(text)")
    }
  }

  @Test func dictionariesAreRequired() throws {
    let folder = try TemporaryFolder()
    try Self.write(Self.sample(Self.variants[0]), Self.variants[0], to: folder.path)
    removeFile(folder("dict.de.txt"))
    #expect(message { _ = try ImportedModel(path: folder.path) }.contains("dict.en.txt"))
    removeFile(folder("dict.en.txt"))
    #expect(message { _ = try ImportedModel(path: folder.path) }.contains("--vocab"))
    try writeFileAtomically(path: folder("dict.en.txt"), contents: Array("a 1\na 2\n".utf8))
    var options = ImportOptions()
    options.vocabularies = [folder("dict.en.txt")]
    let text = message { _ = try ImportedModel(path: folder.path, options: options) }
    #expect(text.contains("line 2") && text.contains("token 4"))
  }
}

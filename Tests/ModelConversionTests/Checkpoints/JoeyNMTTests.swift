import Files
import Layers
import ModelConversion
import Models
import Tensors
import TestSupport
import Testing
import Text
import Tokens

/// Checkpoints of JoeyNMT, written from models of ours.
@Suite struct JoeyNMTTests {
  struct Variant: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// What the configuration has for both stacks.
    var stack = ["layer_norm": "pre", "activation": "relu"]
    var model = ["tied_embeddings": "True", "tied_softmax": "True", "initializer": "xavier_uniform"]
    var scale = "True"
    var isJoint = true
    /// Whether the options of the data are flat, as in version 1.
    var isFirstVersion = false
    var change: @Sendable (inout ModelConfiguration) -> Void = { $0.normPlacement = .pre }
  }

  static let variants = [
    Variant(testDescription: "pre-norm, all tied"),
    Variant(
      testDescription: "post-norm, nothing tied", stack: ["layer_norm": "post", "activation": "gelu"],
      model: [:], scale: "False", isJoint: false
    ) { ($0.activation, $0.tying, $0.scalesEmbeddings) = (.gelu, .none, false) },
    Variant(
      testDescription: "output tied", stack: ["layer_norm": "post", "activation": "swish"],
      model: ["tied_softmax": "True"], isJoint: false
    ) { ($0.activation, $0.tying) = (.swish, .decoder) },
    Variant(
      testDescription: "version 1", stack: [:], model: ["tied_embeddings": "True"], isFirstVersion: true
    ) {
      ($0.normPlacement, $0.tying) = (.pre, .embeddings)
    },
  ]

  static func tokens(_ count: Int) -> [String] {
    ["<unk>", "<pad>", "<s>", "</s>"] + (0..<count).map { "w\($0)" }
  }

  static func sample(_ variant: Variant) throws -> SampleModel {
    let pipeline = try SampleVocabulary.listed(tokens(5), tokens(variant.isJoint ? 5 : 7))
    return SampleModel(pipeline) {
      ($0.hasOutputBias, $0.normEpsilon, $0.maxPositions) = (false, 1e-6, 1024)
      ($0.positionLayout, $0.specialTokens) = (.interleaved, pipeline.specialTokens)
      ($0.dropout, $0.attentionDropout, $0.activationDropout) = (0.25, 0.25, 0.25)
      variant.change(&$0)
    }
  }

  static func write(
    _ sample: SampleModel, _ variant: Variant, to folder: String, extra: [(String, TorchValue)] = []
  ) throws {
    try TorchFile.write(
      .dictionary([
        ("steps", .int(7)), ("model_state", .dictionary(tensors(of: sample) + extra)),
        ("optimizer_state", .dictionary([])),
      ]), to: "\(folder)/best.ckpt")
    let model = sample.model.architecture.configuration
    func stack(_ layers: Int, _ inner: Int) -> String {
      let options = variant.stack.sorted { $0.key < $1.key }.map { ", \($0.key): \($0.value)" }.joined()
      return
        "{type: transformer, num_layers: \(layers), num_heads: \(model.heads), hidden_size: \(model.size), "
        + "ff_size: \(inner), dropout: 0.25, embeddings: {embedding_dim: \(model.size), scale: \(variant.scale)}\(options)}"
    }
    let data =
      variant.isFirstVersion
      ? "  src: en\n  trg: de\n  level: word\n"
      : "  src: {lang: en, level: word}\n  trg: {lang: de, level: word, voc_file: elsewhere/trg_vocab.txt}\n"
    let options = variant.model.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)\n" }.joined()
    let text =
      "name: small\ndata:\n\(data)model:\n\(options)  encoder: \(stack(model.encoderLayers, model.innerSize))\n"
      + "  decoder: \(stack(model.decoderLayers, model.decoderInnerSize ?? model.innerSize))\n"
    try writeFileAtomically(path: "\(folder)/config.yaml", contents: Array(text.utf8))
    for (side, name) in [(TextPipeline.Side.source, "src"), (.target, "trg")] {
      let vocabulary = sample.pipeline.vocabulary(side)
      // Special tokens may be missing in a list.
      let lines = (TokenID(variant.isJoint ? 0 : 4)..<TokenID(vocabulary.count)).map {
        String(decoding: vocabulary[$0], as: UTF8.self) + "\n"
      }
      try writeFileAtomically(path: "\(folder)/\(name)_vocab.txt", contents: Array(lines.joined().utf8))
    }
  }

  private static func tensors(of sample: SampleModel) -> [(String, TorchValue)] {
    let names = [
      "encoder.self_attn.": "src_src_att.", "decoder.self_attn.": "trg_trg_att.",
      "decoder.encoder_attn.": "src_trg_att.", "encoder.self_attn_layer_norm": "layer_norm",
      "decoder.self_attn_layer_norm": "x_layer_norm", "decoder.encoder_attn_layer_norm": "dec_layer_norm",
      "encoder.final_layer_norm": "feed_forward.layer_norm",
      "decoder.final_layer_norm": "feed_forward.layer_norm",
      "encoder.fc1": "feed_forward.pwff_layer.0", "decoder.fc1": "feed_forward.pwff_layer.0",
      "encoder.fc2": "feed_forward.pwff_layer.3", "decoder.fc2": "feed_forward.pwff_layer.3",
    ]
    let all = sample.model.tensors
    var state: [(String, TorchValue)] = [("encoder.pe.pe", .tensor(shape: [1, 2, 1], [0, 1]))]
    for item in sample.model.architecture.parameters {
      let parts = item.name.split(separator: ".").map(String.init)
      var theirs: [String] = []
      if parts.count > 4 {
        let inner = parts[4...].joined(separator: ".")
        guard let (key, own) = names.first(where: { "\(parts[1]).\(inner)".hasPrefix($0.key) }) else {
          continue
        }
        let rest = "\(parts[1]).\(inner)".dropFirst(key.count).replacing("out_proj", with: "output_layer")
          .replacing("_proj", with: "_layer")
        theirs = ["\(parts[1]).layers.\(parts[3]).\(own)\(rest)"]
      } else if item.name == "model.shared.weight" {
        theirs = ["src_embed.lut.weight", "trg_embed.lut.weight"]
        if sample.model.architecture.configuration.tying == .all {
          theirs.append("decoder.output_layer.weight")
        }
      } else if item.name == "lm_head.weight" {
        theirs = ["decoder.output_layer.weight"]
      } else if item.name == "model.encoder.embed_tokens.weight" {
        theirs = ["src_embed.lut.weight"]
      } else if item.name == "model.decoder.embed_tokens.weight" {
        theirs = ["trg_embed.lut.weight"]
      } else {
        theirs = [parts.dropFirst().joined(separator: ".")]
      }
      for name in theirs { state.append((name, .tensor(shape: item.extents, all[item.name] ?? []))) }
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
    expected.endsInNorm = expected.normPlacement == .pre
    #expect(imported.model.architecture.configuration == expected)
    #expect(imported.pipeline.vocabulary(.source) == sample.pipeline.vocabulary(.source))
    #expect(imported.pipeline.settings.sourceLanguage == "en")
    #expect(imported.description[0].contains("JoeyNMT"))
  }

  @Test func whatDiffersIsRefused() throws {
    let cases: [(words: String, change: (inout Variant) -> Void)] = [
      ("xavier_normal", { $0.model["initializer"] = "xavier_normal" }),
      ("encoder.activation", { $0.stack["activation"] = "tanh" }),
      ("encoder.alpha", { $0.stack["alpha"] = "2.0" }),
      ("encoder.layer_norm", { $0.stack["layer_norm"] = "between" }),
    ]
    for item in cases {
      let folder = try TemporaryFolder()
      var changed = Self.variants[0]
      item.change(&changed)
      try Self.write(Self.sample(Self.variants[0]), changed, to: folder.path)
      let text = message { _ = try ImportedModel(path: folder.path) }
      #expect(text.contains(item.words) && text.contains("config.yaml"), "\(item.words): \(text)")
    }
    let folder = try TemporaryFolder()
    let extra: [(String, TorchValue)] = [("decoder.ctc_output_layer.weight", .tensor(shape: [1], [1]))]
    try Self.write(Self.sample(Self.variants[0]), Self.variants[0], to: folder.path, extra: extra)
    #expect(message { _ = try ImportedModel(path: folder.path) }.contains("ctc_output_layer"))
  }

  @Test func filesBesideACheckpointAreRequired() throws {
    for (name, words) in [("config.yaml", "config.yaml"), ("trg_vocab.txt", "trg_vocab.txt")] {
      let folder = try TemporaryFolder()
      try Self.write(Self.sample(Self.variants[0]), Self.variants[0], to: folder.path)
      removeFile(folder(name))
      let text = message { _ = try ImportedModel(path: folder.path) }
      #expect(text.contains(words) && text.contains("missing"), "\(text)")
    }
  }
}

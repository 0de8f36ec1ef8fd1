import Layers
import ModelConversion
import ModelFolders
import Models
import Tensors
import TestSupport
import Testing
import Text
import Tokens

/// Models that go to Hugging Face's format and come back compute the same.
@Suite struct HuggingFaceRoundTripTests {
  struct Variant: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var isJoint = true
    var type = WeightType.float32
    let change: @Sendable (inout ModelConfiguration) -> Void
  }

  static let variants = [
    Variant(testDescription: "relu") { _ in },
    Variant(testDescription: "gelu, unscaled") { ($0.activation, $0.scalesEmbeddings) = (.gelu, false) },
    Variant(testDescription: "swish, Marian's positions") {
      ($0.activation, $0.positionLayout) = (.swish, .marian)
    },
    Variant(testDescription: "Marian's gelu, positions side by side, no bias") {
      ($0.activation, $0.positionLayout, $0.hasOutputBias) = (.geluSigmoid, .interleaved, false)
    },
    Variant(testDescription: "learned positions") { $0.positions = .learned },
    Variant(testDescription: "source and target shared") { $0.tying = .embeddings },
    Variant(testDescription: "separate vocabularies", isJoint: false) { $0.tying = .none },
    Variant(testDescription: "separate vocabularies, tied output", isJoint: false) { $0.tying = .decoder },
    Variant(testDescription: "int8", type: .int8) { _ in },
  ]

  @Test(arguments: variants)
  func logitsAreEqual(variant: Variant) throws {
    let pipeline = try variant.isJoint ? SampleVocabulary.joint() : SampleVocabulary.separate()
    let sample = SampleModel(pipeline, as: variant.type, variant.change)
    let folder = try TemporaryFolder()
    let written = try sample.write(to: folder("ours"), as: variant.type)
    _ = try ExportedModel(written).write(as: .huggingface, to: folder("theirs"))
    let imported = try ImportedModel(path: folder("theirs"))
    let tokens = pipeline.vocabularySize(.target)
    let (source, target): ([TokenID], [TokenID]) = ([6, 3, 4, 0], [7, 2, 8, 5, 0])
    let difference = greatestDifference(
      sample.model.logits(source, target, tokens: tokens),
      imported.model.logits(source, target, tokens: tokens))
    #expect(difference < 1e-4)
    for side in TextPipeline.Side.allCases {
      let line = Array("ab a cb".utf8)
      #expect(imported.pipeline.encode(line, side: side) == pipeline.encode(line, side: side))
    }
    // The rows of the padding token come after the others.
    let (before, after) = (sample.model.tensors, imported.model.tensors)
    for (name, values) in before {
      let same = after[name] ?? after["model.encoder.embed_tokens.weight"] ?? []
      #expect(same.starts(with: values), "\(name)")
    }
  }

  /// An imported model that is exported and imported again is the same, number by number.
  @Test(arguments: variants)
  func importedModelsStayTheSame(variant: Variant) throws {
    let pipeline = try variant.isJoint ? SampleVocabulary.joint() : SampleVocabulary.separate()
    let folder = try TemporaryFolder()
    let first = try SampleModel(pipeline, as: variant.type, variant.change).write(
      to: folder("ours"), as: variant.type)
    _ = try ExportedModel(first).write(as: .huggingface, to: folder("theirs"))
    let imported = try ImportedModel(path: folder("theirs"))
    let second = ModelFolder(folder("imported"))
    try second.write(imported.model, pipeline: imported.pipeline)
    _ = try ExportedModel(second).write(as: .huggingface, to: folder("again"))
    let again = try ImportedModel(path: folder("again"))
    #expect(again.model.architecture.configuration == imported.model.architecture.configuration)
    #expect(again.model.tensors == imported.model.tensors)
    #expect(again.pipeline.vocabulary(.target) == imported.pipeline.vocabulary(.target))
  }

  @Test func positionsAreRecognized() throws {
    for (layout, expected) in [
      (PositionLayout.halves, PositionEncoding.sinusoidal), (.marian, .sinusoidal), (.interleaved, .learned),
    ] {
      let folder = try TemporaryFolder()
      let sample = SampleModel(try SampleVocabulary.joint()) { $0.positionLayout = layout }
      _ = try ExportedModel(sample.write(to: folder("ours"))).write(as: .huggingface, to: folder("theirs"))
      let configuration = try ImportedModel(path: folder("theirs")).model.architecture.configuration
      #expect(configuration.positions == expected)
      if expected == .sinusoidal { #expect(configuration.positionLayout == layout) }
    }
  }

  @Test(arguments: [
    (DecoderCell.ssru, "SSRU"), (.averageAttention, "average attention"),
  ])
  func otherDecodersAreRefused(cell: DecoderCell, word: String) throws {
    let folder = try TemporaryFolder()
    let sample = SampleModel(try SampleVocabulary.joint()) { $0.decoderCell = cell }
    let written = try sample.write(to: folder("ours"))
    for format in [ExportFormat.huggingface, .ctranslate2] {
      let text = message { _ = try ExportedModel(written).write(as: format, to: folder("theirs")) }
      #expect(text.contains(word) && text.contains("--format"))
    }
    #expect(folder.names.allSatisfy { !$0.hasPrefix("theirs") })
  }

  @Test func otherArchitecturesAreRefused() throws {
    let changes: [(String, (inout ModelConfiguration) -> Void)] = [
      ("norms come before", { $0.normPlacement = .pre }),
      ("normalizes embeddings", { $0.normalizesEmbeddings = true }),
      ("rotary", { $0.positions = .rotary }), ("alibi", { $0.positions = .alibi }),
      ("gated", { $0.activation = .swiglu }), ("no biases", { $0.usesBias = false }),
    ]
    for (words, change) in changes {
      let folder = try TemporaryFolder()
      let written = try SampleModel(try SampleVocabulary.joint(), change).write(to: folder("ours"))
      let text = message { _ = try ExportedModel(written).write(as: .huggingface, to: folder("theirs")) }
      #expect(text.contains(words) && text.contains("huggingface"), "\(words): \(text)")
    }
  }

  @Test func otherVocabulariesNeedWeightsOnly() throws {
    let folder = try TemporaryFolder()
    let tokens = ["</s>", "<unk>", "x", "y"]
    let written = try SampleModel(SampleVocabulary.listed(tokens, tokens)).write(to: folder("ours"))
    let text = message { _ = try ExportedModel(written).write(as: .huggingface, to: folder("theirs")) }
    #expect(text.contains("SentencePiece") && text.contains("--weights-only"))
    var options = ExportOptions()
    options.weightsOnly = true
    _ = try ExportedModel(written).write(as: .huggingface, to: folder("theirs"), options: options)
    #expect(
      folder.names.filter { $0.hasPrefix("theirs/") } == [
        "theirs/config.json", "theirs/generation_config.json", "theirs/model.safetensors",
        "theirs/vocab.json",
      ])
  }
}

import Files
import Layers
import ModelConversion
import ModelFolders
import ModelFormats
import Models
import Tensors
import TestSupport
import Testing
import Text
import Tokens

/// Models that go to CTranslate2's format and come back are the same.
@Suite struct CTranslate2RoundTripTests {
  static let variants = [
    HuggingFaceRoundTripTests.Variant(testDescription: "relu") { _ in },
    .init(testDescription: "pre-norm, gelu, unscaled") {
      ($0.normPlacement, $0.activation, $0.scalesEmbeddings) = (.pre, .gelu, false)
    },
    .init(testDescription: "pre-norm without top norm, Marian's positions") {
      ($0.normPlacement, $0.endsInNorm, $0.positionLayout) = (.pre, false, .marian)
    },
    .init(testDescription: "norms of embeddings, Marian's gelu and epsilon") {
      ($0.normalizesEmbeddings, $0.activation, $0.normEpsilon) = (true, .geluSigmoid, 1e-9)
    },
    .init(testDescription: "learned positions, swish, no bias") {
      ($0.positions, $0.activation, $0.hasOutputBias) = (.learned, .swish, false)
    },
    .init(testDescription: "source and target shared") { $0.tying = .embeddings },
    .init(testDescription: "separate vocabularies", isJoint: false) { $0.tying = .none },
    .init(testDescription: "separate vocabularies, tied output", isJoint: false) { $0.tying = .decoder },
    .init(testDescription: "int8", type: .int8) { $0.normPlacement = .pre },
    .init(testDescription: "an alignment head of the last layer") {
      $0.alignmentHeads = AlignmentHeads(layer: $0.decoderLayers - 1, heads: [0])
    },
    .init(testDescription: "all heads of the first layer align") {
      $0.alignmentHeads = AlignmentHeads(layer: 0, heads: Array(0..<$0.heads))
    },
  ]

  @Test(arguments: variants)
  func numbersAreEqual(variant: HuggingFaceRoundTripTests.Variant) throws {
    let pipeline = try variant.isJoint ? SampleVocabulary.joint() : SampleVocabulary.separate()
    let sample = SampleModel(pipeline, as: variant.type, variant.change)
    let folder = try TemporaryFolder()
    let written = try sample.write(to: folder("ours"), as: variant.type)
    _ = try ExportedModel(written).write(as: .ctranslate2, to: folder("theirs"))
    let imported = try ImportedModel(path: folder("theirs"))
    #expect(imported.weightType == variant.type)
    var expected = sample.model.architecture.configuration
    // These are not in the file.
    (expected.dropout, expected.attentionDropout) = (0.1, 0)
    #expect(imported.model.architecture.configuration == expected)
    for item in sample.model.architecture.parameters {
      let (before, after) = (
        sample.model.weights.values(of: item.parameter), imported.model.weights.values(of: item.parameter)
      )
      if case .int8(let bytes, let scales) = before {
        guard case .int8(let otherBytes, let otherScales) = after else {
          Issue.record("\(item.name) is not int8")
          continue
        }
        // The other format stores 1 / scale.
        #expect(bytes == otherBytes && greatestDifference(scales, otherScales) < 1e-8, "\(item.name)")
      } else {
        #expect(before == after, "\(item.name)")
      }
    }
    for side in TextPipeline.Side.allCases {
      #expect(imported.pipeline.vocabulary(side) == pipeline.vocabulary(side))
      let line = Array("ab a cb".utf8)
      #expect(imported.pipeline.encode(line, side: side) == pipeline.encode(line, side: side))
    }
  }

  /// A model without stored positions has those of CTranslate2, which count from 1.
  @Test func missingPositionsAreCounted() throws {
    let folder = try TemporaryFolder()
    let written = try SampleModel(SampleVocabulary.joint()).write(to: folder("ours"))
    _ = try ExportedModel(written).write(as: .ctranslate2, to: folder("theirs"))
    try CTranslate2File.change(folder("theirs/model.bin")) {
      $0.removeAll { $0.name.contains("position_encodings") }
    }
    let model = try ImportedModel(path: folder("theirs")).model
    let table = try #require(model.tensors["model.encoder.embed_positions.weight"])
    // Four frequencies from 1 to 1/10000: 1, 10000^(-1/3), …
    #expect(model.architecture.configuration.positions == .learned && table.count == 1024 * 8)
    #expect(abs(table[0] - 0.841471) < 1e-6 && abs(table[4] - 0.540302) < 1e-6)
    #expect(abs(table[3] - 1e-4) < 1e-9 && abs(table[8 + 1] - 0.0926985) < 1e-6)
  }

  /// One SentencePiece model beside the lists is for both sides; without, text is split already.
  @Test func theOnlySentencePieceModelIsFound() throws {
    let folder = try TemporaryFolder()
    let written = try SampleModel(SampleVocabulary.joint()).write(to: folder("ours"))
    _ = try ExportedModel(written).write(as: .ctranslate2, to: folder("theirs"))
    #expect(
      try ImportedModel(path: folder("theirs")).vocabularyFiles.map { $0.split(separator: "/").last } == [
        "shared_vocabulary.json", "source.spm", "target.spm",
      ])
    try moveFile(folder("theirs/source.spm"), to: folder("theirs/en-de.model"))
    try moveFile(folder("theirs/target.spm"), to: folder("theirs/unused"))
    let imported = try ImportedModel(path: folder("theirs"))
    #expect(imported.pipeline.settings.segmentation == SentencePieceSegmentation.name)
    #expect(imported.vocabularyFiles.last == folder("theirs/en-de.model"))
    try moveFile(folder("theirs/en-de.model"), to: folder("theirs/unused"))
    #expect(try ImportedModel(path: folder("theirs")).pipeline.settings.segmentation == ListedTokens.name)
  }

  /// Beside int8 matrices, CTranslate2 has positions as floats, which are not rounded.
  @Test func positionsBesideBytesStayFloats() throws {
    let folder = try TemporaryFolder()
    let sample = SampleModel(try SampleVocabulary.joint(), as: .int8) { $0.positionLayout = .interleaved }
    _ = try ExportedModel(sample.write(to: folder("ours"), as: .int8)).write(
      as: .ctranslate2, to: folder("theirs"))
    let imported = try ImportedModel(path: folder("theirs"))
    try imported.write(to: ModelFolder(folder("again")), manifest: [])
    let read = try ModelFolder(folder("again")).read().model
    #expect(read.hasInt8Weights && read.tensors == imported.model.tensors)
    let table = try #require(read.tensors["model.decoder.embed_positions.weight"])
    // The second position: sine and cosine of 1, 1/10, …
    #expect(greatestDifference(Array(table[8..<11]), [0.84147098, 0.54030231, 0.09983342]) < 1e-7)
  }

  /// A decoder that starts with the beginning token, and a source without an end token, as in OpenNMT's models.
  @Test func endsOfSentencesAreKept() throws {
    let tokens = ["<blank>", "<s>", "</s>", "<unk>", "x", "y", "z"]
    let folder = try TemporaryFolder()
    let pipeline = try SampleVocabulary.listed(tokens, tokens, endsSource: false)
    let sample = SampleModel(pipeline) { $0.specialTokens = pipeline.specialTokens }
    _ = try ExportedModel(sample.write(to: folder("ours"))).write(as: .ctranslate2, to: folder("theirs"))
    let imported = try ImportedModel(path: folder("theirs"))
    #expect(!imported.pipeline.settings.endsSource)
    #expect(imported.model.architecture.configuration.specialTokens == pipeline.specialTokens)
    #expect(imported.pipeline.specialTokens.padding == 0)
    try edit(folder("theirs/config.json"), #""add_source_eos" : false"#, #""add_source_eos" : true"#)
    #expect(try ImportedModel(path: folder("theirs")).pipeline.settings.endsSource)
  }

  /// Both sides need the same ids of special tokens here; rows of the source's embeddings move with them.
  @Test func sourceTokensMoveToTheirIDs() throws {
    let pipeline = try SampleVocabulary.listed(
      ["</s>", "<unk>", "a", "b", "c"], ["</s>", "<unk>", "x", "y"])
    let sample = SampleModel(pipeline) { $0.tying = .none }
    let folder = try TemporaryFolder()
    _ = try ExportedModel(sample.write(to: folder("ours"))).write(as: .ctranslate2, to: folder("theirs"))
    // As CTranslate2 has it: without an unknown token in the list, which then is the last.
    try writeFileAtomically(
      path: folder("theirs/source_vocabulary.json"), contents: Array(#"["a", "</s>", "b", "c"]"#.utf8))
    let order = [2, 0, 3, 4, 1]
    try CTranslate2File.change(folder("theirs/model.bin")) { variables in
      for index in variables.indices where variables[index].name == "encoder/embeddings_0/weight" {
        let rows = sample.model.tensors["model.encoder.embed_tokens.weight"] ?? []
        variables[index] = CTranslate2Variable(
          name: variables[index].name, shape: [5, 8], values: order.flatMap { rows[$0 * 8..<$0 * 8 + 8] })
      }
    }
    let imported = try ImportedModel(path: folder("theirs"))
    #expect(imported.pipeline.specialTokens == pipeline.specialTokens)
    func logits(_ model: TrainedTransformer, _ pipeline: TextPipeline) -> [Float] {
      let source = pipeline.encode(Array("b a q c".utf8), side: .source).ids + [0]
      return model.logits(source, [2, 3, 0], tokens: 4)
    }
    #expect(logits(imported.model, imported.pipeline) == logits(sample.model, pipeline))
  }
}

/// Changes the variables of a `model.bin`.
enum CTranslate2File {
  static func change(_ path: String, _ change: (inout [CTranslate2Variable]) throws -> Void) throws {
    let model = try CTranslate2Model(path: path)
    var variables = try model.variables.map { tensor in
      CTranslate2Variable(
        name: tensor.name, shape: tensor.shape, type: tensor.type, bytes: try tensor.storedBytes().array)
    }
    try change(&variables)
    try CTranslate2Model.write(
      path: path, specification: model.specification, revision: model.revision, variables: variables,
      aliases: model.aliases)
  }
}

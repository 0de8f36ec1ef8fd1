import Foundation
import Layers
import ModelConversion
import ModelFolders
import ModelFormats
import Models
import Tensors
import Testing
import Text
import Tokens

@Suite struct MarianRoundTripTests {
  static let variants: [@Sendable (inout ModelConfiguration) -> Void] = [
    { _ in },
    { $0.decoderCell = .ssru },
    { ($0.decoderCell, $0.averageAttention.innerSize) = (.averageAttention, 20) },
    {
      ($0.decoderCell, $0.averageAttention.innerSize, $0.averageAttention.isGated) = (
        .averageAttention, 0, false
      )
    },
    { $0.normPlacement = .pre },
    { ($0.normPlacement, $0.endsInNorm) = (.pre, false) },
    { ($0.tying, $0.activation, $0.decoderInnerSize) = (.decoder, .swish, 40) },
    { ($0.tying, $0.activation) = (.embeddings, .gelu) },
    { ($0.tying, $0.activation, $0.normalizesEmbeddings) = (.none, .geluSigmoid, true) },
    { $0.alignmentHeads = AlignmentHeads(layer: 0, heads: [0]) },
    { ($0.decoderCell, $0.alignmentHeads) = (.ssru, AlignmentHeads(layer: 1, heads: [0])) },
  ]

  /// Every weight keeps its bits, through Marian's names and orientations.
  @Test(arguments: variants.indices)
  func floatsComeBack(variant: Int) throws {
    let example = try ExampleModel(Self.variants[variant])
    let folder = try ScratchFolder()
    try MarianExport(example.model, example.pipeline, folder: "example").write(.marian, to: folder.path)
    let imported = try ImportedModel(path: folder.path)
    var expected = example.model.architecture.configuration
    // Rates of training are not part of the format.
    expected.dropout = imported.model.architecture.configuration.dropout
    #expect(imported.model.architecture.configuration == expected)
    #expect(imported.model.weights.array == example.model.weights.array)
    #expect(imported.weightType == .float32)
    for side in TextPipeline.Side.allCases {
      #expect(imported.pipeline.vocabulary(side) == example.pipeline.vocabulary(side))
    }
  }

  /// Bytes are rounded once: what was imported is exported with the same bytes.
  @Test(arguments: [0, 1, 6])
  func bytesComeBack(variant: Int) throws {
    let example = try ExampleModel(Self.variants[variant])
    let (first, second) = (try ScratchFolder(), try ScratchFolder())
    try MarianExport(example.model, example.pipeline, folder: "example").write(.bergamot, to: first.path)
    let imported = try ImportedModel(path: first.path)
    #expect(imported.weightType == .int8)
    try MarianExport(imported.model, imported.pipeline, folder: "imported").write(.bergamot, to: second.path)
    let again = try ImportedModel(path: second.path)
    #expect(again.model.weights.array == imported.model.weights.array)
    var options = ImportOptions()
    options.keepsBytes = false
    let floats = try ImportedModel(path: first.path, options: options)
    #expect(floats.weightType == .float32 && floats.model.weights.array == imported.model.weights.array)
  }

  /// Publishers say the languages in names.
  @Test(arguments: [
    ("model", "plain", "", ""), ("model.enpt.intgemm.alphas", "plain", "en", "pt"),
    ("model", "ende", "en", "de"),
    ("model", "opus-mt-tc-big-en-pt", "en", "pt"), ("model", "opus-mt-en-ROMANCE", "", ""),
    ("model.best", "plain", "", ""),
  ])
  func namesTellTheLanguages(file: String, folder: String, source: String, target: String) throws {
    let example = try ExampleModel { _ in }
    let scratch = try ScratchFolder()
    let path = "\(scratch.path)/\(folder)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try MarianExport(example.model, example.pipeline, folder: "example").write(.marian, to: path)
    if file != "model" {
      try FileManager.default.moveItem(atPath: "\(path)/model.npz", toPath: "\(path)/\(file).npz")
    }
    // Firefox's vocabulary has the languages in its name, too.
    if file.contains("enpt") { try Data().write(to: URL(fileURLWithPath: "\(path)/notes.enpt.txt")) }
    var options = ImportOptions()
    let settings = try ImportedModel(path: "\(path)/\(file).npz", options: options).pipeline.settings
    #expect(settings.sourceLanguage == source && settings.targetLanguage == target)
    options.sourceLanguage = "fr"
    let given = try ImportedModel(path: "\(path)/\(file).npz", options: options).pipeline.settings
    #expect(given.sourceLanguage == "fr" && given.targetLanguage.isEmpty)
  }

  /// A text becomes Bergamot's binary format, with the ids of the vocabulary; one that is damaged is refused.
  @Test func textShortlistsAreImported() throws {
    let example = try ExampleModel()
    let (foreign, own) = (try ScratchFolder(), try ScratchFolder())
    try MarianExport(example.model, example.pipeline, folder: "example").write(.marian, to: foreign.path)
    let vocabulary = example.pipeline.vocabulary(.source)
    func token(_ id: TokenID) -> String { String(decoding: vocabulary[id], as: UTF8.self) }
    let lexicon = "\(foreign.path)/lex.s2t"
    let text =
      "\(token(7)) \(token(5)) 0.9\n\(token(9)) \(token(5)) 0.1\nNULL \(token(6)) 1\nno-token \(token(6)) 1\n"
    try text.write(toFile: lexicon, atomically: true, encoding: .utf8)
    let folder = ModelFolder(own.path)
    let imported = try ImportedModel(path: foreign.path)
    try imported.write(to: folder, manifest: Array("{}\n".utf8), shortlist: imported.shortlistContents())
    let shortlist = try #require(try folder.readShortlist(example.pipeline))
    #expect(Array(shortlist[5]) == [7, 9] && shortlist[6].isEmpty)
    try "a b\n".write(toFile: lexicon, atomically: true, encoding: .utf8)
    #expect { _ = try imported.shortlistContents() } throws: {
      "\($0)".contains("line 1")
    }
  }

  @Test func aModelFolderOfAnImportedModelTranslatesTheSame() throws {
    let example = try ExampleModel { $0.decoderCell = .ssru }
    let (foreign, own) = (try ScratchFolder(), try ScratchFolder())
    try MarianExport(example.model, example.pipeline, folder: "example").write(.marian, to: foreign.path)
    let folder = ModelFolder(own.path)
    try ImportedModel(path: foreign.path).write(to: folder, manifest: Array("{}\n".utf8))
    let read = try folder.read().model
    #expect(example.greedyTokens(read) == example.greedyTokens(example.model))
  }

  @Test(arguments: ["layer-normalization", "transformer-rnn-projection"])
  func otherKindsOfSSRUAreRefused(option: String) throws {
    let folder = try GuidedAlignmentTests.writeAsMarian(
      .marian, { $0.decoderCell = .ssru },
      options: { $0.replacingOccurrences(of: "\(option): false", with: "\(option): true") })
    let error = message { _ = try ImportedModel(path: folder.path) }
    #expect(error.contains("SSRU with \(option)") && error.contains("supported without it"))
  }

  @Test(
    arguments: [
      { @Sendable in $0.positionLayout = .interleaved },
      {
        $0.positions = .rotary; $0.positionLayout = .halves
      },
      { $0.activation = .swiglu }, { $0.usesBias = false }, { $0.specialTokens.beginning = 1 },
      { $0.scalesEmbeddings = false },
    ] as [@Sendable (inout ModelConfiguration) -> Void])
  func whatMarianCannotComputeIsRefused(_ change: @Sendable (inout ModelConfiguration) -> Void) throws {
    let example = try ExampleModel(change)
    let folder = try ScratchFolder()
    #expect(throws: ModelConversionError.self) {
      try MarianExport(example.model, example.pipeline, folder: "example").write(.marian, to: folder.path)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }
}

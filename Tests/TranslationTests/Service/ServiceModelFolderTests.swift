import Decoding
import Files
import Foundation
import ModelFolders
import Models
import Testing
import Text
import Translation

@Suite struct ServiceModelFolderTests {
  /// A folder with a model with random weights.
  func makeFolder(_ pipeline: TextPipeline = samplePipeline, seed: UInt64 = 1) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let size = pipeline.vocabularySize(.target)
    var configuration = ModelConfiguration(sourceVocabularySize: size, targetVocabularySize: size)
    (configuration.size, configuration.heads, configuration.innerSize) = (16, 2, 32)
    (configuration.encoderLayers, configuration.decoderLayers) = (2, 2)
    configuration.maxPositions = 40
    let architecture = Transformer(configuration)
    let model = TrainedTransformer(architecture, weights: architecture.initialParameters(seed: seed))
    try ModelFolder(folder.path).write(model, pipeline: pipeline)
    return folder
  }

  @Test func folderIsAllThatATranslatorNeeds() throws {
    let folder = try makeFolder()
    let lines = manyLines(20)
    let results = try Translator(modelFolder: folder.path).translate(lines)
    #expect(results.count == 20)
    for (line, result) in zip(lines, results) { #expect(line.isEmpty == result.text.isEmpty) }
    // An ensemble of a model with itself equals the model.
    let pair = try Translator(modelFolders: [folder.path, folder.path]).translate(lines)
    #expect(pair.map(\.text) == results.map(\.text))
    let other = try makeFolder(seed: 2)
    let mixed = try Translator(modelFolders: [folder.path, other.path]).translate(lines)
    #expect(mixed.map(\.text) != results.map(\.text))
  }

  /// Weights that are not mapped do not depend on the file any more.
  @Test func filesOfAModelInUseMayChangeIfTheyAreNotMapped() throws {
    let folder = try makeFolder()
    let expected = try Translator(modelFolder: folder.path).translate(manyLines(20))
    var options = TranslationOptions()
    options.mapsWeights = false
    let translator = try Translator(modelFolder: folder.path, options: options)
    let file = try #require(FileHandle(forWritingAtPath: ModelFolder(folder.path).weights))
    try file.truncate(atOffset: 0)
    #expect(try translator.translate(manyLines(20)).map(\.text) == expected.map(\.text))
  }

  @Test func modelsPositionsAreNeverExceeded() throws {
    let folder = try makeFolder()
    var request = TranslationRequest()
    request.search.limits.maxLengthRatio = 50
    let line = manyLines(60).joined(separator: " ")
    let result = try Translator(modelFolder: folder.path, request: request).translate([line])[0]
    #expect(result.pieces > 20)
  }

  @Test func whatIsMissingIsNamed() throws {
    #expect(throws: ModelFolderError.missing(folder: "/no/such/folder")) {
      try Translator(modelFolder: "/no/such/folder")
    }
    #expect(throws: ModelFolderError.missing(folder: "")) { try Translator(modelFolders: []) }
    let folder = try makeFolder()
    let file = folder.path + "/config.json"
    #expect(throws: FileError.notAFolder(path: file)) { try Translator(modelFolder: file) }
    let empty = try TemporaryFolder()
    #expect { try Translator(modelFolder: empty.path) } throws: { "\($0)".contains("pipeline.json") }
  }

  @Test func truncatedModelIsReported() throws {
    let folder = try makeFolder()
    let path = folder.path + "/model.safetensors"
    let bytes = try readFile(path: path)
    for count in [0, 7, 100, bytes.count / 2, bytes.count - 1] {
      try writeFileAtomically(path: path, contents: Array(bytes.prefix(count)))
      #expect { try Translator(modelFolder: folder.path) } throws: { "\($0)".contains(path) }
    }
  }

  @Test func foreignVocabularyIsReported() throws {
    let folder = try makeFolder()
    var settings = TextPipelineSettings()
    settings.tokenizer = .whitespace
    let counts = WordCounts(lines: [Array("quite another text".utf8)])
    let encoding = BytePairEncoding.learn(from: counts, merges: 5)
    let vocabulary = Vocabulary(of: counts, encoding: encoding)
    let pipeline = TextPipeline(settings: settings, encoding: encoding, vocabulary: vocabulary)
    let foreign = try makeFolder(pipeline)
    #expect(throws: TranslationError.differentVocabularies(folder: foreign.path, other: folder.path)) {
      try Translator(modelFolders: [folder.path, foreign.path])
    }
    try pipeline.write(to: folder.path)
    #expect(
      throws: ModelFolderError.vocabularySize(
        folder: folder.path, vocabulary: vocabulary.count, model: samplePipeline.vocabularySize(.target))
    ) { try Translator(modelFolder: folder.path) }
  }
}

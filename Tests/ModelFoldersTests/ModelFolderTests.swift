import Files
import Foundation
import ModelFolders
import Models
import Tensors
import Testing
import Text
import Tokens

@Suite struct ModelFolderTests {
  let folder = ModelFolder(
    FileManager.default.temporaryDirectory.path + "/model-folders-tests-\(UInt64.random(in: 0 ... .max))")

  private func withFolder(_ body: () throws -> Void) rethrows {
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    try body()
  }

  @Test func namesAreThoseThatOtherProgramsKnow() {
    let folder = ModelFolder("a/model")
    #expect(folder.configuration == "a/model/config.json")
    #expect(folder.weights == "a/model/model.safetensors")
    #expect(folder.manifest == "a/model/training.json")
    #expect(folder.log == "a/model/train.jsonl")
    #expect(folder.checkpoints == "a/model/checkpoints")
    // Another test in this process may register a segmentation with other files.
    let names = [
      "bpe.codes", "bpe.source.codes", "bpe.target.codes", "pipeline.json", "vocab.source.txt",
      "vocab.target.txt", "vocab.txt",
    ]
    #expect(Set(names.map { "a/model/\($0)" }).isSubset(of: folder.vocabularyFiles))
    #expect(folder.vocabularyFiles.allSatisfy { $0.hasPrefix("a/model/") })
  }

  @Test(arguments: [true, false])
  func whatIsWrittenIsRead(joint: Bool) throws {
    try withFolder {
      let pipeline = makePipeline("the cat sat on the mat", joint: joint)
      let model = makeModel(pipeline)
      #expect(!folder.holdsModel)
      try folder.write(model, pipeline: pipeline, metadata: ["update": "7"])
      #expect(folder.holdsModel)
      let read = try folder.read()
      #expect(read.model.architecture.configuration == model.architecture.configuration)
      #expect(read.model.weights.array == model.weights.array)
      for side in TextPipeline.Side.allCases {
        #expect(read.pipeline.vocabulary(side) == pipeline.vocabulary(side))
      }
      #expect(try SafetensorsReader(path: folder.weights).metadata == ["format": "pt", "update": "7"])
      // The folder knows the name of each file that was written.
      let known = [folder.configuration, folder.weights, folder.checksums] + folder.vocabularyFiles
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names.count == (joint ? 6 : 8))
      #expect(names.allSatisfy { known.contains("\(folder.path)/\($0)") })
    }
  }

  @Test func descriptionNeedsNoWeights() throws {
    try withFolder {
      let pipeline = makePipeline("the cat sat on the mat")
      try folder.write(makeModel(pipeline), pipeline: pipeline)
      try FileManager.default.removeItem(atPath: folder.weights)
      let (configuration, read) = try folder.readDescription()
      #expect(configuration == makeModel(pipeline).architecture.configuration)
      #expect(read.vocabulary(.source) == pipeline.vocabulary(.source))
      #expect { try folder.read() } throws: { "\($0)".contains(folder.weights) }
    }
  }

  @Test func aForeignVocabularyIsRefused() throws {
    try withFolder {
      let (pipeline, foreign) = (makePipeline("the cat sat on the mat"), makePipeline("quite another text"))
      try folder.write(makeModel(pipeline), pipeline: pipeline)
      try foreign.write(to: folder.path)
      let error = ModelFolderError.vocabularySize(
        folder: folder.path, vocabulary: foreign.vocabularySize(.source),
        model: pipeline.vocabularySize(.source))
      #expect(throws: error) { try folder.read() }
      #expect(throws: error) { try folder.readDescription() }
      #expect("\(error)".contains("use the vocabulary that the model was trained with"))
    }
  }

  @Test func otherSpecialTokensAreRefused() throws {
    try withFolder {
      let pipeline = makePipeline("the cat sat on the mat")
      var configuration = makeModel(pipeline).architecture.configuration
      try folder.write(makeModel(pipeline), pipeline: pipeline)
      let vocabulary = configuration.specialTokens
      configuration.specialTokens = SpecialTokens(padding: 0, beginning: 2, end: 1, unknown: 3)
      try writeJSON(configuration, path: folder.configuration)
      let error = ModelFolderError.specialTokens(
        folder: folder.path, vocabulary: vocabulary, model: configuration.specialTokens)
      #expect(throws: error) { try folder.read() }
      #expect(throws: error) { try folder.readDescription() }
      #expect("\(error)".contains("beginning 2, end 1"))
    }
  }

  @Test func aMissingFolderIsNamed() throws {
    #expect(throws: ModelFolderError.missing(folder: folder.path)) { try folder.read() }
    try withFolder {
      try writeFileAtomically(path: folder.path, contents: [])
      #expect(throws: FileError.notAFolder(path: folder.path)) { try folder.read() }
    }
  }
}

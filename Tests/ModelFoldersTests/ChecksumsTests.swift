import Files
import Foundation
import ModelFolders
import Models
import Tensors
import Testing
import Text

@Suite struct ChecksumsTests {
  /// Two models with vocabularies of the same size.
  let first = ToyModel("the cat sat on the mat")
  let second = ToyModel("xhe cax sax on xhe max", seed: 2)
  let folder = ModelFolder(
    FileManager.default.temporaryDirectory.path + "/checksums-tests-\(UInt64.random(in: 0 ... .max))")

  private func withFolder(_ body: () throws -> Void) rethrows {
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    try body()
  }

  private func write(_ model: ToyModel) throws { try folder.write(model.model, pipeline: model.pipeline) }

  private func expectModel(_ model: ToyModel, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let read = try folder.read()
    #expect(read.model.weights.array == model.model.weights.array, sourceLocation: sourceLocation)
    #expect(
      read.pipeline.vocabulary(.source) == model.pipeline.vocabulary(.source), sourceLocation: sourceLocation)
  }

  @Test func changedWeightsAreNamed() throws {
    try withFolder {
      try write(first)
      var bytes = try readFile(path: folder.weights)
      bytes[bytes.count - 6] ^= 1
      try writeFileAtomically(path: folder.weights, contents: bytes)
      for read in [{ _ = try folder.read() }, { try folder.verify() }] {
        let error = try #require(throws: ModelFolderError.self) { try read() }
        guard case .damaged(let file, let found, let expected, let checksums) = error else {
          Issue.record("\(error)")
          return
        }
        #expect(file == folder.weights && checksums == folder.checksums && found != expected)
        #expect("\(error)".contains(found) && "\(error)".contains("delete '\(folder.checksums)'"))
      }
      // The weights are not read for the description.
      _ = try folder.readDescription()
      try FileManager.default.removeItem(atPath: folder.checksums)
      _ = try folder.read()
    }
  }

  @Test func aVocabularyOfTheSameSizeIsRefused() throws {
    #expect(first.pipeline.vocabularySize(.source) == second.pipeline.vocabularySize(.source))
    try withFolder {
      try write(first)
      try second.pipeline.write(to: folder.path)
      #expect(throws: ModelFolderError.self) { try folder.read() }
      #expect(throws: ModelFolderError.self) { try folder.readDescription() }
    }
  }

  @Test func aModelIsReplacedWhole() throws {
    try withFolder {
      try write(first)
      try write(second)
      try expectModel(second)
      try write(first)
      try expectModel(first)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.hasPrefix(".") })
    }
  }

  /// After a crash before the first file was replaced, and while another process reads.
  @Test(arguments: [true, false])
  func checksumsMatchTheModelOfBeforeToo(hadChecksums: Bool) throws {
    try withFolder {
      try write(first)
      if !hadChecksums { try FileManager.default.removeItem(atPath: folder.checksums) }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      let files = try names.filter { $0 != "checksums.json" }.map { name in
        (name, try readFile(path: "\(folder.path)/\(name)"))
      }
      try write(second)
      for (name, contents) in files {
        try writeFileAtomically(path: "\(folder.path)/\(name)", contents: contents)
      }
      try expectModel(first)
      // A crash in the middle leaves a mixture.
      try second.pipeline.write(to: folder.path)
      #expect(throws: ModelFolderError.self) { try folder.read() }
    }
  }

  @Test func theModelOfBeforeSurvivesAFailure() throws {
    try withFolder {
      try write(first)
      let weights = second.model.architecture.initialParameters(seed: 2)
      weights.replace(at: 0, with: [.nan])
      #expect(throws: CheckpointError.self) {
        try folder.write(
          TrainedTransformer(second.model.architecture, weights: weights), as: .int8,
          pipeline: second.pipeline)
      }
      try expectModel(first)
    }
  }

  @Test func filesOfAnotherLayoutOfTheVocabularyAreRemoved() throws {
    try withFolder {
      try ToyModel("the cat sat on the mat", joint: false).pipeline.write(to: folder.path)
      #expect(fileExists("\(folder.path)/vocab.source.txt"))
      try write(first)
      #expect(!fileExists("\(folder.path)/vocab.source.txt"))
      try expectModel(first)
    }
  }
}

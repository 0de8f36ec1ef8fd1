import Files
import Foundation
import ModelDescription
import Models
import Tensors
import Testing

@Suite struct ModelDescriptionTests {
  @Test(arguments: Variants.all)
  func jsonIsReadAgain(configuration: ModelConfiguration) throws {
    let description = DescribedModel(configuration).description(DescriptionSettings())
    let data = try JSONEncoder().encode(description)
    #expect(try JSONDecoder().decode(ModelDescription.self, from: data) == description)
    let keys = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any]).keys.sorted()
    #expect(
      keys == ["architecture", "arithmetic", "decoding_memory", "disk", "parameters", "training_memory"])
    #expect(description.parameterCount == configuration.parameterCount)
  }

  /// The weights file of a model is as large as it says.
  @Test(arguments: [Variants.all[0], Variants.all[8], Variants.parallelModels[0]])
  func filesHaveTheirSize(configuration: ModelConfiguration) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let architecture = Transformer(configuration)
    let model = TrainedTransformer(architecture, weights: architecture.initialParameters(seed: 1))
    let disk = DescribedModel(configuration).description(DescriptionSettings()).disk
    for (weights, type) in zip(disk.weights, [WeightType.float32, .bfloat16, .int8]) {
      try ModelFiles.write(model, as: type, folder: folder.path)
      let size = fileSize(path: "\(folder.path)/\(ModelFiles.weights)")
      #expect(abs(Double(weights.bytes - size)) < 0.1 * Double(size), "\(type): \(weights.bytes), \(size)")
    }
  }

  /// Both ways to train and every search are measured, with figures that fit together.
  @Test(arguments: [Variants.all[0], Variants.parallelModels[0]])
  func speedIsMeasured(configuration: ModelConfiguration) throws {
    var settings = DescriptionSettings()
    (settings.batchTokens, settings.length, settings.beam) = (64, 6, 2)
    let model = DescribedModel(configuration)
    var stages = 0
    let speed = try model.measureSpeed(settings, seconds: 0) { stages += 1 }
    #expect(stages == model.stages && speed.usesRandomWeights)
    for training in speed.training {
      #expect(training.tokensPerSecond > 0 && training.secondsOfToken > 0)
      #expect(training.operations.contains { $0.name.hasPrefix("linear 16 to") && $0.forward ?? 0 > 0 })
      // A larger batch has fewer updates for as many tokens.
      let speeds = training.batches.map(\.tokensPerSecond)
      #expect(speeds == speeds.sorted(), "\(speeds)")
    }
    let searches =
      configuration.isAutoregressive ? ["greedy", "beam 2", "greedy", "beam 2"] : ["ctc", "ctc"]
    #expect(speed.decoding.map(\.search) == searches + searches)
    for decoding in speed.decoding {
      #expect(decoding.sentencesPerSecond > 0 && decoding.productBound > 0)
    }
  }
}

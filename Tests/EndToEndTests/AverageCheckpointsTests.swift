import Foundation
import TestSupport
import Testing

@Suite struct AverageCheckpointsTests {
  let fixture: Fixture
  let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  private func train(_ options: [String]) throws -> Command.Outcome {
    try Command.trainTranslation.run(
      fixture.trainingArguments(model: folder("model"), updates: 30) + ["--average-decay", "0"] + options)
  }

  private func average(_ options: [String]) throws -> Command.Outcome {
    try Command.averageCheckpoints.run(["--model", folder("model"), "--output", folder("mean")] + options)
  }

  @Test func averageIsAModelThatTranslates() throws {
    try expectSuccess(train(["--keep-checkpoints", "3", "--keep-every", "10"]))
    let outcome = try average([])
    try expectSuccess(outcome)
    for words in ["3 checkpoints", "updates 10, 20, 30", folder("mean")] {
      #expect(outcome.errors.contains(words), "no '\(words)' in \(outcome.errors)")
    }
    let translated = try Command.translate.run(
      ["--model", folder("mean")], text: "Anna sees the old house.\n")
    try expectSuccess(translated)
    #expect(translated.lines.count == 1)
    let text = try String(contentsOfFile: folder("mean/training.json"), encoding: .utf8)
    let manifest = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(manifest["averaged_updates"] as? [Int] == [10, 20, 30])
    #expect(manifest["seed"] as? Int == 1)
    #expect(manifest["valid_bleu"] == nil, "a score of another model")

    // The average of one checkpoint is that checkpoint.
    expectFailure(try average(["--last", "1"]), .averageCheckpoints, status: 64, saying: ["--overwrite"])
    try expectSuccess(average(["--last", "1", "--overwrite"]))
    let weights = try ["mean/model.safetensors", "checkpoints"].map { name in
      name == "checkpoints" ? folder("model/checkpoints/update-30.safetensors") : folder(name)
    }.map { try Data(contentsOf: URL(fileURLWithPath: $0)).suffix(1000) }
    #expect(weights[0] == weights[1])
  }

  @Test func whatIsNotThereIsNamed() throws {
    try expectSuccess(train([]))
    expectFailure(
      try average([]), .averageCheckpoints, saying: [folder("model/checkpoints"), "--keep-checkpoints"])
    try expectSuccess(train(["--overwrite", "--keep-checkpoints", "2", "--keep-every", "10"]))
    expectFailure(
      try average(["--last", "5"]), .averageCheckpoints, saying: ["2 kept", "20, 30", "--last 2"])
    expectFailure(
      try average(["--last", "2", "--up-to", "20"]), .averageCheckpoints,
      saying: ["--last 1", "up to update 20"])
    expectFailure(
      try average(["--checkpoint", "/no/file"]), .averageCheckpoints, saying: ["/no/file"])
    expectFailure(
      try average(["--checkpoint", folder("model/config.json")]), .averageCheckpoints,
      saying: [folder("model/config.json")])
    expectFailure(
      try average(["--checkpoint", "a", "--last", "2"]), .averageCheckpoints, status: 64, saying: ["--last"])
    #expect(!FileManager.default.fileExists(atPath: folder("mean/model.safetensors")))
  }

  @Test func modelsOfOtherShapesAreRefused() throws {
    try expectSuccess(train(["--size", "16"]))
    let other = "\(fixture.model)/model.safetensors"
    expectFailure(
      try average(["--checkpoint", folder("model/model.safetensors"), "--checkpoint", other]),
      .averageCheckpoints, saying: [other, "32", "16"])
  }

  @Test func averageIsTriedAtTheEndOfTraining() throws {
    let outcome = try train(["--average-last", "3", "--keep-every", "epoch", "--validate-every", "2epochs"])
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("the average of the checkpoints of updates"), "\(outcome.errors)")
    #expect(folder.names.filter { $0.hasPrefix("update-") }.count <= 3)
  }
}

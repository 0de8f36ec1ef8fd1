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

  /// A model of rounded weights is smaller, and translates.
  @Test(arguments: [("bfloat16", "BF16", 0.6), ("int8", "I8", 0.4)])
  func weightsAreStoredAsAsked(type: String, name: String, share: Double) throws {
    let given = ["--model", fixture.model, "--checkpoint", fixture.model, "--output", folder("mean")]
    try expectSuccess(Command.averageCheckpoints.run(given + ["--weights", type]))
    let sizes = try [fixture.model, folder("mean")].map { model in
      try Data(contentsOf: URL(fileURLWithPath: "\(model)/model.safetensors")).count
    }
    #expect(Double(sizes[1]) < share * Double(sizes[0]), "\(sizes)")
    let header = try safetensorsHeader(folder("mean/model.safetensors"))
    #expect(header.values.contains { $0["dtype"] as? String == name })
    let sentences = try fixture.sentences().joined(separator: "\n")
    let (exact, rounded) = try (
      Command.translate.run(["--model", fixture.model], text: sentences),
      Command.translate.run(["--model", folder("mean")], text: sentences)
    )
    try expectSuccess(rounded)
    let equal = zip(exact.lines, rounded.lines).count { $0 == $1 }
    #expect(
      exact.lines.count == rounded.lines.count && equal >= exact.lines.count / 2, "\(equal) lines are equal")
  }

  @Test func weightsOfNoTypeAreRefused() throws {
    expectFailure(
      try Command.averageCheckpoints.run(
        ["--model", fixture.model, "--output", folder("mean"), "--weights", "int3"]),
      .averageCheckpoints, status: 64, saying: ["'int3'", "--weights", "float32, bfloat16, int8"])
  }
}

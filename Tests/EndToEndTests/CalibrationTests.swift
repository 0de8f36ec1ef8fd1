import Foundation
import TestSupport
import Testing

/// `calibrate-model`, and what `translate` makes of it.
@Suite struct CalibrationTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture.shared() }

  private func calibrate(_ model: String, _ options: [String] = []) throws -> Command.Outcome {
    try Command.calibrateModel.run(
      ["--model", model, "--source", fixture.validSource, "--target", fixture.validTarget] + options)
  }

  @Test func modelsLearnHowSureTheyAre() throws {
    let folder = try fixture.copyOfModel()
    let outcome = try calibrate(folder.path)
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("calibrate-model: 24 sentences; "))
    #expect(outcome.errors.contains("expected calibration error: 0."))
    #expect(outcome.errors.contains("word alignments: layer 0, head "))
    let text = try fixture.sentences().joined(separator: "\n") + "\n"
    let plain = try Command.translate.run(["--model", folder.path], text: text)
    let sure = try Command.translate.run(
      ["--model", folder.path, "--confidence", "--flag-below", "1"], text: text)
    try expectSuccess(sure)
    #expect(
      sure.errors.contains(
        "24 translations have a confidence below 1.0 (line 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …)"))
    for (line, expected) in zip(sure.lines, plain.lines) {
      let parts = line.split(separator: "\t")
      #expect(parts.count == 2 && parts[1] == expected)
      #expect(Double(parts[0]).map { 0...1 ~= $0 } ?? false)
    }
    let json = try Command.translate.run(
      ["--model", folder.path, "--json", "--confidence", "--flag-below", "0"],
      text: "Anna sees the old house.\n")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.lines[0].utf8)) as? [String: Any])
    let words = try #require(object["words"] as? [[String: Any]])
    #expect(words.allSatisfy { $0["word"] is String && $0["confidence"] is Double })
    #expect(words.count > 1 && object["confidence"] is Double && object["flagged"] == nil)
  }

  @Test func trainingCalibratesUnlessItIsToldNotTo() throws {
    let folder = try fixture.copyOfModel()
    let known = try Command.translate.run(["--model", folder.path, "--confidence"], text: "Anna sees.\n")
    try expectSuccess(known)
    #expect(known.lines[0].split(separator: "\t").count == 2)
    let again = try Command.trainTranslation.run(
      fixture.trainingArguments(model: folder.path, updates: 5) + ["--overwrite", "--skip-calibration"])
    try expectSuccess(again)
    #expect(!again.errors.contains("calibrated"))
    #expect(!FileManager.default.fileExists(atPath: folder("confidence.json")))
    let unknown = try Command.translate.run(["--model", folder.path, "--confidence"], text: "Anna sees.\n")
    #expect(unknown.status == 1 && unknown.lines.isEmpty)
    #expect(unknown.errors.contains("run 'calibrate-model"))
    let third = try Command.trainTranslation.run(
      fixture.trainingArguments(model: folder.path, updates: 5) + ["--overwrite"])
    try expectSuccess(third)
    #expect(
      third.errors.contains("confidence of words is calibrated on 24 sentences, with an expected error of 0.")
    )
    // The same as by the command.
    let byTraining = try Data(contentsOf: URL(fileURLWithPath: folder("confidence.json")))
    try expectSuccess(calibrate(folder.path, ["--keep-heads"]))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("confidence.json"))) == byTraining)
  }

  @Test func unequalTextsAreRefused() throws {
    let folder = try fixture.copyOfModel()
    try FileManager.default.removeItem(atPath: folder("confidence.json"))
    let outcome = try Command.calibrateModel.run(
      ["--model", folder.path, "--source", fixture.validSource, "--target", fixture.trainTarget])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("has 24 lines"))
    #expect(!FileManager.default.fileExists(atPath: folder("confidence.json")))
    try "{\"words\": 3}".write(toFile: folder("confidence.json"), atomically: true, encoding: .utf8)
    let damaged = try Command.translate.run(["--model", folder.path], text: "Anna sees.\n")
    #expect(damaged.status == 1 && damaged.errors.contains("confidence.json"))
  }
}

import Foundation
import TestSupport
import Testing

/// Training on another model's translations of the training text.
@Suite struct DistillationTests {
  private let fixture: Fixture
  private let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  private func train(_ options: [String] = [], updates: Int = 3) throws -> Command.Outcome {
    try Command.trainTranslation.run(
      fixture.trainingArguments(model: folder("student"), updates: updates)
        + ["--distill-from", fixture.model, "--distill-beam", "2"] + options)
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  /// The teacher's translation of the training text.
  private func expected() throws -> String {
    try Command.translate.run(["--model", fixture.model, "--beam", "2", "--input", fixture.trainSource])
      .output
  }

  @Test func theTeachersTranslationsAreLearned() throws {
    try expectSuccess(try train())
    let distilled = try text(folder("student/distilled/1.txt"))
    // Translations without an end are left blank.
    let (learned, made) = (
      distilled.components(separatedBy: "\n"), try expected().components(separatedBy: "\n")
    )
    #expect(learned.count == made.count && zip(learned, made).allSatisfy { $0 == $1 || $0.isEmpty })
    #expect(learned.count { !$0.isEmpty } > made.count / 2)
    #expect(try distilled != text(fixture.trainTarget))
    let manifest = try jsonObject(folder("student/training.json"))
    let record = try #require(manifest["distilled_from"] as? [String: Any])
    #expect(record["teacher"] as? String == fixture.model)
    #expect((record["weights"] as? String)?.hasPrefix("crc32:") == true)
    #expect(record["beam"] as? Int == 2 && record["with_original"] as? Bool == false)
    #expect(!folder.names.contains { $0.hasSuffix(".partial") })
  }

  @Test func whatIsThereIsUsedAgain() throws {
    try expectSuccess(try train())
    let path = folder("student/distilled/1.txt")
    let before = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    let again = try train(["--resume"], updates: 5)
    try expectSuccess(again)
    #expect(again.errors.contains("using '\(path)'"), "\(again.errors)")
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date == before)
    // Another beam is another translation.
    let other = try train(["--distill-beam", "1", "--overwrite"])
    try expectSuccess(other)
    #expect(!other.errors.contains("using '"), "\(other.errors)")
  }

  @Test func aResumedRunNeedsTheTeacherNoMore() throws {
    let teacher = folder("teacher")
    try FileManager.default.copyItem(atPath: fixture.model, toPath: teacher)
    let arguments = ["--distill-from", teacher, "--distill-beam", "2"]
    func train(_ options: [String], updates: Int) throws -> Command.Outcome {
      try Command.trainTranslation.run(
        fixture.trainingArguments(model: folder("student"), updates: updates) + arguments + options)
    }
    try expectSuccess(try train([], updates: 3))
    try FileManager.default.removeItem(atPath: teacher)
    try expectSuccess(try train(["--resume"], updates: 5))
    let record = try #require(
      try jsonObject(folder("student/training.json"))["distilled_from"] as? [String: Any])
    #expect((record["weights"] as? String)?.hasPrefix("crc32:") == true)
    // A new run needs it, and so does one whose translations are gone.
    for options in [["--overwrite"], ["--resume"]] {
      expectFailure(
        try train(options, updates: 7), .trainTranslation, status: 64, saying: ["teacher/model.safetensors"])
      try? FileManager.default.removeItem(atPath: folder("student/distilled"))
    }
  }

  @Test func whatWasInterruptedGoesOnBehindTheLastWholeLine() throws {
    try expectSuccess(try train())
    let path = folder("student/distilled/1.txt")
    let whole = try text(path)
    let lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
    try (lines[..<4].joined(separator: "\n") + "\n" + lines[4].prefix(1))
      .write(toFile: path + ".partial", atomically: true, encoding: .utf8)
    try FileManager.default.removeItem(atPath: path)
    var record = try jsonObject(path + ".json")
    record["lines"] = nil
    try JSONSerialization.data(withJSONObject: record).write(to: URL(fileURLWithPath: path + ".json"))
    let outcome = try train(["--overwrite"])
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("after line 4"), "\(outcome.errors)")
    #expect(try text(path) == whole)
  }

  @Test func theOriginalMayStay() throws {
    let outcome = try train(["--distill-with-original"])
    try expectSuccess(outcome)
    let manifest = try jsonObject(folder("student/training.json"))
    let plain = try jsonObject("\(fixture.model)/training.json")
    let (both, one) = (try #require(manifest["pairs"] as? Int), try #require(plain["pairs"] as? Int))
    #expect(both > one && both <= 2 * one)
    #expect((manifest["train_files"] as? [Any])?.count == 2)
  }

  @Test func mistakesAreNamed() throws {
    func failure(_ options: [String], _ words: [String]) throws {
      expectFailure(
        try Command.trainTranslation.run(
          fixture.trainingArguments(model: folder("student"), updates: 1) + options),
        .trainTranslation, status: 64, saying: words)
    }
    try failure(["--distill-from", folder("nothing")], ["--distill-from", "nothing/model.safetensors"])
    try failure(["--distill-with-original"], ["'--distill-with-original'", "'--distill-from'"])
    try failure(["--distill-beam", "3"], ["'--distill-beam'", "'--distill-from'"])
    try failure(
      ["--distill-from", fixture.model, "--preset", "auto"], ["'--preset auto'", "'--distill-from'"])
  }
}

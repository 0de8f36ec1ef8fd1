import Foundation
import Glibc
import TestSupport
import Testing

/// Ctrl-C, SIGTERM and SIGKILL in the middle of a training, and going on afterwards.
@Suite struct InterruptionTests {
  /// Enough that a signal after the first validation comes well before the end.
  static let updates = 1000

  let fixture: Fixture
  let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  func arguments(_ name: String) -> [String] {
    fixture.trainingArguments(model: folder(name), updates: Self.updates)
      + ["--validate-every", "100", "--dropout", "0.2", "--copy-unknowns", "0.05", "--bpe-dropout", "0.1"]
  }

  func weights(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: folder("\(name)/model.safetensors")))
  }

  /// Trains until the first validation, then sends a signal.
  func interrupt(_ name: String, _ signal: Int32, _ options: [String] = []) throws -> Command.Outcome {
    let process = try RunningCommand(.trainTranslation, arguments(name) + options)
    #expect(process.waitForErrors { $0.contains("update 100,") })
    process.send(signal)
    return process.wait()
  }

  @Test func interruptedTrainingGoesOnAsIfNothingHadHappened() throws {
    try expectSuccess(Command.trainTranslation.run(arguments("whole")))
    let expected = try weights("whole")
    for signal in [SIGTERM, SIGINT] {
      let name = "parts-\(signal)"
      let outcome = try interrupt(name, signal)
      #expect(outcome.status == 0, "\(outcome.errors)")
      try #require(outcome.errors.contains("interrupted after"), "too late: \(outcome.errors)")
      #expect(outcome.errors.contains("--resume"))
      // What is there can be used already.
      try expectSuccess(Command.translate.run(["--model", folder(name)], text: "Anna\n"))
      let resumed = try Command.trainTranslation.run(arguments(name) + ["--resume"])
      try expectSuccess(resumed)
      #expect(resumed.errors.contains("all updates are done after 1,000"), "\(resumed.errors)")
      #expect(try weights(name) == expected)
      // Nothing is left to do; nothing changes.
      try expectSuccess(Command.trainTranslation.run(arguments(name) + ["--resume"]))
      #expect(try weights(name) == expected)
    }
  }

  @Test func interruptedTrainingShowsItsProfile() throws {
    let outcome = try interrupt("profiled", SIGINT, ["--profile"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    try #require(outcome.errors.contains("interrupted after"), "too late: \(outcome.errors)")
    #expect(outcome.errors.contains("what is left over"), "\(outcome.errors)")
    #expect(FileManager.default.fileExists(atPath: folder("profiled/profile.json")))
  }

  @Test func killedTrainingLeavesWholeFilesAndGoesOn() throws {
    let outcome = try interrupt("killed", SIGKILL, ["--checkpoint-every", "0.02s"])
    #expect(outcome.status == 128 + SIGKILL)
    try expectSuccess(Command.translate.run(["--model", folder("killed")], text: "Anna\n"))
    try expectSuccess(
      Command.trainTranslation.run(arguments("killed") + ["--resume", "--max-updates", "\(Self.updates)"]))
    try expectSuccess(Command.trainTranslation.run(arguments("whole")))
    #expect(try weights("killed") == weights("whole"))
  }

  @Test(arguments: [
    ["--seed", "9"], ["--shards", "3"], ["--batch-tokens", "600"], ["--heads", "4"],
    ["--activation", "gelu"],
    ["--norm", "pre"], ["--size", "16"],
  ])
  func otherSettingsAreRefused(options: [String]) throws {
    let short = fixture.trainingArguments(model: folder("model"), updates: 3)
    try expectSuccess(Command.trainTranslation.run(short))
    let before = try weights("model")
    let outcome = try Command.trainTranslation.run(short + ["--resume", "--max-updates", "5"] + options)
    expectFailure(outcome, .trainTranslation, saying: ["last.safetensors", "other data or settings"])
    #expect(try weights("model") == before)
  }

  @Test func otherTextIsRefused() throws {
    let short = fixture.trainingArguments(model: folder("model"), updates: 3)
    try expectSuccess(Command.trainTranslation.run(short))
    let other = short.map {
      $0 == fixture.trainSource ? fixture.trainTarget : $0 == fixture.trainTarget ? fixture.trainSource : $0
    }
    expectFailure(
      try Command.trainTranslation.run(other + ["--resume"]), .trainTranslation,
      saying: ["other data or settings"])
  }

  @Test func nothingToResumeIsAnError() throws {
    let short = fixture.trainingArguments(model: folder("model"), updates: 3)
    expectFailure(
      try Command.trainTranslation.run(short + ["--resume"]), .trainTranslation,
      saying: ["no checkpoint", "leave out --resume"])
  }

  @Test func damagedCheckpointIsAnError() throws {
    let short = fixture.trainingArguments(model: folder("model"), updates: 3)
    try expectSuccess(Command.trainTranslation.run(short))
    let path = folder("model/checkpoints/last.safetensors")
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    for part in [0, 100, whole.count / 2] {
      try whole.prefix(part).write(to: URL(fileURLWithPath: path))
      expectFailure(try Command.trainTranslation.run(short + ["--resume"]), .trainTranslation, saying: [path])
    }
    try expectSuccess(Command.translate.run(["--model", folder("model")], text: "Anna\n"))
  }
}

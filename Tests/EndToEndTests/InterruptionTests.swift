import Foundation
import Glibc
import TestSupport
import Testing

/// Ctrl-C, SIGTERM and SIGKILL during a training, and resuming afterwards.
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
      // The model so far can already be used.
      try expectSuccess(Command.translate.run(["--model", folder(name)], text: "Anna\n"))
      let resumed = try Command.trainTranslation.run(arguments(name) + ["--resume"])
      try expectSuccess(resumed)
      #expect(resumed.errors.contains("all updates are done after 1,000"), "\(resumed.errors)")
      #expect(try weights(name) == expected)
      // Nothing is left to do, and nothing changes.
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

  @Test func damagedCheckpointIsNamedAndTheOneBeforeItUsed() throws {
    let short = fixture.trainingArguments(model: folder("model"), updates: 3)
    try expectSuccess(Command.trainTranslation.run(short))
    let expected = try weights("model")
    let (last, previous) = (checkpoint("last"), checkpoint("previous"))
    let whole = try Data(contentsOf: URL(fileURLWithPath: last))
    var flipped = whole
    flipped[whole.count / 2] ^= 1
    for damaged in [whole.prefix(0), whole.prefix(100), whole.prefix(whole.count / 2), flipped] {
      try damaged.write(to: URL(fileURLWithPath: last))
      let outcome = try Command.trainTranslation.run(short + ["--resume"])
      try expectSuccess(outcome)
      for words in [last, "found", "resuming from the checkpoint before it", previous] {
        #expect(outcome.errors.contains(words), "no '\(words)' in \(outcome.errors)")
      }
      #expect(try weights("model") == expected)
    }
    for path in [last, previous] { try flipped.prefix(9000).write(to: URL(fileURLWithPath: path)) }
    expectFailure(
      try Command.trainTranslation.run(short + ["--resume"]), .trainTranslation,
      saying: [last, previous, "no checkpoint can be resumed from", "leave out --resume"])
    try expectSuccess(Command.translate.run(["--model", folder("model")], text: "Anna\n"))
  }

  func checkpoint(_ name: String) -> String { folder("model/checkpoints/\(name).safetensors") }

  @Test func signalWritesACheckpointAndTrainingGoesOn() throws {
    let process = try RunningCommand(.trainTranslation, arguments("model"))
    #expect(process.waitForErrors { $0.contains("update 100,") })
    process.send(SIGUSR1)
    #expect(process.waitForErrors { $0.contains("checkpoint written on request (SIGUSR1)") })
    #expect(process.waitForErrors { $0.contains("update 300,") }, "training continues")
    process.send(SIGKILL)
    _ = process.wait()
    let resumed = try Command.trainTranslation.run(arguments("model") + ["--resume"])
    try expectSuccess(resumed)
    #expect(
      !resumed.errors.contains("update 100,") && resumed.errors.contains("update 300,"), "\(resumed.errors)")
    try expectSuccess(Command.trainTranslation.run(arguments("whole")))
    #expect(try weights("model") == weights("whole"))
  }

  @Test func divergedTrainingSaysWhatItTriedAndWhatToDo() throws {
    let absurd = ["--learning-rate", "1e30", "--warmup", "0", "--skip-limit", "3"]
    let outcome = try Command.trainTranslation.run(
      fixture.trainingArguments(model: folder("model"), updates: 100) + absurd)
    expectFailure(
      outcome, .trainTranslation,
      saying: [
        "the gradient is NaN or infinite; skipped batch 2 of epoch 1, of the pairs",
        "with 0.5 of the learning rate",
        "halving the learning rate 3 times did not help", "try a lower --learning-rate",
      ])
    let log = try String(contentsOfFile: folder("model/train.jsonl"), encoding: .utf8)
    #expect(log.components(separatedBy: #""event":"rolled_back""#).count == 4)
    let resumed = try Command.trainTranslation.run(
      fixture.trainingArguments(model: folder("model"), updates: 30) + ["--resume"])
    try expectSuccess(resumed)
  }

  /// SIGKILL at random moments, again and again; more of it: tools/kill-test 50.
  @Test func trainingSurvivesBeingKilledAtAnyMoment() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let outcome = try Command.trainTranslation.shell(
      #"PATH="$(dirname "$COMMAND"):$PATH" "$1" 2"#, [root.appending(path: "tools/kill-test").path])
    try expectSuccess(outcome)
    #expect(outcome.lines.count == 3 && outcome.output.contains("equal bits"), "\(outcome.output)")
  }
}

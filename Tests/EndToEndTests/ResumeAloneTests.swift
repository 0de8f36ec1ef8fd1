import Foundation
import TestSupport
import Testing

/// `--resume --model` without the rest of the command, and resuming what had ended.
@Suite struct ResumeAloneTests {
  let fixture: Fixture
  let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  private func resume(_ options: [String] = [], _ name: String = "model") throws -> Command.Outcome {
    try Command.trainTranslation.run(["--resume", "--model", folder(name)] + options)
  }

  private func weights(_ name: String) throws -> [String: Data] {
    try tensors(folder("\(name)/checkpoints/last.safetensors"))
  }

  @Test func theCommandIsRemembered() throws {
    let given = ["--dropout", "0.2", "--seed", "7", "--best-by", "perplexity"]
    func arguments(_ name: String, _ updates: Int) -> [String] {
      fixture.trainingArguments(model: folder(name), updates: updates) + given
    }
    try expectSuccess(Command.trainTranslation.run(arguments("whole", 9)))
    try expectSuccess(Command.trainTranslation.run(arguments("model", 3)))
    // A folder that was moved, twice.
    try FileManager.default.moveItem(atPath: folder("model"), toPath: folder("moved"))
    try expectSuccess(try resume(["--max-updates", "6"], "moved"))
    try expectSuccess(try resume(["--max-updates", "9", "--log-every=5"], "moved"))
    #expect(try weights("moved") == weights("whole"))
    let command = try #require(try jsonObject(folder("moved/training.json"))["command"] as? [String])
    #expect(command.contains("--seed=7") && command.contains("--log-every=5") && command.contains("--resume"))
    #expect(!command.contains("--max-updates=3"))
  }

  @Test func nothingLeftIsToldWithWhatToChange() throws {
    try expectSuccess(
      Command.trainTranslation.run(fixture.trainingArguments(model: folder("model"), updates: 3)))
    let outcome = try resume()
    try expectSuccess(outcome)
    #expect(
      outcome.errors.contains("nothing was left to do: this training had already reached --max-updates 3"),
      "\(outcome.errors)")
    let more = try resume(["--max-updates", "4"])
    try expectSuccess(more)
    #expect(!more.errors.contains("nothing was left"), "\(more.errors)")
  }

  @Test func aFolderWithoutARecordIsNamed() throws {
    expectFailure(
      try resume(), .trainTranslation, status: 64, saying: [folder("model"), "give the whole command"])
    // Trainings of earlier versions have their command in training.json only.
    try expectSuccess(
      Command.trainTranslation.run(fixture.trainingArguments(model: folder("model"), updates: 3)))
    try FileManager.default.removeItem(atPath: folder("model/checkpoints/command.json"))
    try expectSuccess(try resume(["--max-updates", "4"]))
  }

  @Test func pathsOfAnotherFolderAreNamed() throws {
    for name in ["train.en", "train.de"] {
      try FileManager.default.copyItem(atPath: fixture.folder(name), toPath: folder(name))
    }
    let arguments = fixture.trainingArguments(model: folder("model"), updates: 3).map {
      [fixture.trainSource: "train.en", fixture.trainTarget: "train.de"][$0] ?? $0
    }
    let started = try Command.trainTranslation.shell(
      #"cd "$1" && shift && "$COMMAND" "$@""#, [folder.path] + arguments)
    try expectSuccess(started)
    expectFailure(
      try resume(["--max-updates", "4"]), .trainTranslation, status: 64, saying: [folder.path, "'train.en'"])
    let there = try Command.trainTranslation.shell(
      #"cd "$1" && "$COMMAND" --resume --model model --max-updates 4"#, [folder.path])
    try expectSuccess(there)
  }

  @Test func aRunningTrainingKeepsOthersOut() throws {
    let arguments = fixture.trainingArguments(model: folder("model"), updates: 100_000)
    let first = try RunningCommand(.trainTranslation, arguments)
    #expect(first.waitForErrors { $0.contains("update 30,") })
    for options in [["--overwrite"], ["--resume"], []] {
      expectFailure(
        try Command.trainTranslation.run(arguments + options), .trainTranslation,
        saying: [folder("model"), "in use by process", "train-translation"])
    }
    expectFailure(
      try Command.averageCheckpoints.run([
        "--model", fixture.model, "--checkpoint", fixture.model, "--output", folder("model"), "--overwrite",
      ]), .averageCheckpoints, saying: ["in use by process"])
    first.send(SIGKILL)
    _ = first.wait()
    // The lock ends with its process.
    try expectSuccess(try resume(["--max-updates", "31"]))
  }

  @Test func aLimitOnTheSizeOfFilesIsAnError() throws {
    try expectSuccess(
      Command.trainTranslation.run(fixture.trainingArguments(model: folder("model"), updates: 30)))
    let text = lines(try fixture.sentences())
    let before = try Command.translate.run(["--model", folder("model")], text: text).output
    let outcome = try Command.trainTranslation.shell(
      #"ulimit -f 8; "$COMMAND" "$@" --overwrite"#,
      fixture.trainingArguments(model: folder("model"), updates: 30) + ["--seed", "2"])
    expectFailure(outcome, .trainTranslation, saying: ["greatest size allowed", "ulimit -f"])
    #expect(try Command.translate.run(["--model", folder("model")], text: text).output == before)
  }

  @Test func aTrainingWithoutAModelIsAFailure() throws {
    expectFailure(
      try Command.trainTranslation.run(
        fixture.trainingArguments(model: folder("model"), updates: 30) + ["--time-budget", "0.001s"]),
      .trainTranslation, saying: ["no model was saved", "--time-budget"])
  }
}

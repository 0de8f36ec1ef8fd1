import Foundation
import TestSupport
import Testing

/// Files with weights, from the command line.
@Suite struct SeveralCorporaTests {
  private let fixture: Fixture
  private let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  /// Trains on the fixture's training text and, as a second corpus, on its validation text.
  private func train(_ name: String, updates: Int, _ options: [String]) throws -> Command.Outcome {
    let more = ["--train-source", fixture.validSource, "--train-target", fixture.validTarget]
    return try Command.trainTranslation.run(
      fixture.trainingArguments(model: folder(name), updates: updates) + more + options)
  }

  @Test func theReportTellsEveryFile() throws {
    let outcome = try train("model", updates: 3, ["--train-weight", "0.5", "--train-weight", "3"])
    try expectSuccess(outcome)
    for words in [
      "training text: pairs read: 424, kept: 424",
      "'\(fixture.trainSource)' and '\(fixture.trainTarget)': pairs read: 400, kept: 400, weight 0.5",
      "'\(fixture.validSource)' and '\(fixture.validTarget)': pairs read: 24, kept: 24, weight 3",
    ] { #expect(outcome.errors.contains(words), "no '\(words)' in \(outcome.errors)") }
    let files = try #require(try jsonObject(folder("model/training.json"))["train_files"] as? [[String: Any]])
    #expect(files.map { $0["weight"] as? Double } == [0.5, 3])
    #expect(files.map { $0["pairs_kept"] as? Int } == [400, 24])
  }

  /// Every epoch differs, and neither interruptions nor threads affect the result.
  @Test func interruptionsAndThreadsDoNotShow() throws {
    let options = [
      "--train-weight", "0.4", "--train-weight", "2.5", "--bpe-dropout", "0.1", "--copy-unknowns", "0.5",
    ]
    try expectSuccess(train("whole", updates: 40, options))
    try expectSuccess(train("parts", updates: 17, options + ["--threads", "1"]))
    try expectSuccess(train("parts", updates: 40, options + ["--resume", "--threads", "3"]))
    let whole = try tensors(folder("whole/model.safetensors"))
    #expect(try tensors(folder("parts/model.safetensors")) == whole)
    #expect(try #require(try jsonObject(folder("whole/training.json"))["epoch"] as? Int) > 3)
    // A different weight is a different run.
    expectFailure(
      try train("parts", updates: 41, options + ["--resume", "--train-weight", "1"]), .trainTranslation,
      status: 64, saying: ["'--train-weight'"])
    var other = options
    other[1] = "0.5"
    expectFailure(
      try train("parts", updates: 41, other + ["--resume"]), .trainTranslation,
      saying: ["weights 0.4 for 400 pairs and 2.5 for 24 pairs", "weights 0.5 for 400 pairs"])
    try expectSuccess(train("other", updates: 40, other))
    #expect(try tensors(folder("other/model.safetensors")) != whole)
  }

  /// A file with weight 2 is like a file that is given twice, except for the order.
  @Test func updatesOfAnEpochFollowTheWeights() throws {
    func updates(_ options: [String]) throws -> Int {
      try expectSuccess(train("model", updates: 1000, options + ["--max-epochs", "1", "--overwrite"]))
      return try #require(try jsonObject(folder("model/training.json"))["update"] as? Int)
    }
    let (plain, double, half) = (
      try updates([]), try updates(["--train-weight", "2", "--train-weight", "2"]),
      try updates(["--train-weight", "0.5", "--train-weight", "0.5"])
    )
    #expect(abs(double - 2 * plain) <= 2 && abs(2 * half - plain) <= 2, "\(half), \(plain), \(double)")
  }

  @Test(arguments: [
    (["--train-weight", "2"], ["1 weight", "2 pairs of files"]),
    (
      ["--train-weight", "2", "--train-weight", "1", "--train-weight", "1"],
      ["3 weights", "2 pairs of files"]
    ),
    (["--train-weight", "0", "--train-weight", "1"], ["'--train-weight'", "above 0"]),
    (["--train-weight", "-1"], ["'--train-weight'", "above 0"]),
    (["--train-weight", "much"], ["'much'"]),
    (["--prefix-source", "<2de>", "--prefix-source", "<2fr>"], ["'--valid-prefix-source'"]),
    (
      ["--prefix-source", "<a>", "--prefix-source", "<b>", "--prefix-source", "<c>"],
      ["3 tags by '--prefix-source'", "2 pairs of files"]
    ),
    (
      ["--valid-prefix-source", "<a>", "--valid-prefix-source", "<b>"],
      ["2 tags by '--valid-prefix-source'", "1 pair of files"]
    ),
  ])
  func whatBelongsToNoFileIsNamed(options: [String], words: [String]) throws {
    expectFailure(
      try train("model", updates: 1, options), .trainTranslation, status: 64, saying: words)
  }

  @Test func weightsThatLeaveAnEpochEmptyAreRefused() throws {
    expectFailure(
      try train("model", updates: 1, ["--train-weight", "0.001", "--train-weight", "0.01"]),
      .trainTranslation,
      saying: [fixture.trainSource, "weight 0.001", "below 1"])
  }
}

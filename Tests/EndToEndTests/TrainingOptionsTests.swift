import Foundation
import TestSupport
import Testing

/// Optimizers, schedules and intervals from the command line.
@Suite struct TrainingOptionsTests {
  struct Conflict: Sendable, CustomTestStringConvertible {
    let options: [String]
    let words: [String]
    var testDescription: String { options.joined(separator: " ") }

    init(_ options: String, _ words: String...) {
      (self.options, self.words) = (options.split(separator: " ").map(String.init), words)
    }
  }

  @Test(arguments: [
    Conflict("--momentum 0.9", "'--momentum'", "'--optimizer sgd'"),
    Conflict("--optimizer adafactor --beta2 0.9", "'--beta2'", "'--optimizer adam'"),
    Conflict("--optimizer sgd --learning-rate 1 --beta1 0.9", "'--beta1'", "adafactor"),
    Conflict("--optimizer sgd --learning-rate 1 --epsilon 0.1", "'--epsilon'"),
    Conflict("--weight-decay 0.1", "'--weight-decay'", "'--optimizer adamw'"),
    Conflict("--relative-step", "'--relative-step'", "'--optimizer adafactor'"),
    Conflict("--optimizer sgd", "'--learning-rate'"),
    Conflict("--noam-factor 2", "'--noam-factor'", "'--schedule noam'"),
    Conflict("--schedule noam --learning-rate 0.1", "'--noam-factor'", "'--learning-rate'"),
    Conflict("--plateau-factor 0.5", "'--plateau-factor'", "'--schedule plateau'"),
    Conflict("--plateau-patience 2", "'--plateau-patience'"),
    Conflict("--schedule plateau --patience 3", "'--patience 3'", "'--plateau-patience'"),
    Conflict("--schedule-updates 100", "'--schedule-updates'", "'--schedule cosine'"),
    Conflict("--schedule cosine", "'--schedule-updates'", "'--max-updates'", "'--time-budget'"),
    Conflict("--schedule linear --max-updates 10 --warmup 10", "'--warmup'"),
    Conflict("--learning-rate 0.1 --min-learning-rate 0.2", "'--min-learning-rate 0.2'", "0.1"),
    Conflict("--learning-rate 0.1 --warmup-from 0.2", "'--warmup-from 0.2'"),
    Conflict("--keep-every epoch", "'--keep-every'", "'--keep-checkpoints'"),
    Conflict("--keep-checkpoints 2 --average-last 3", "'--average-last 3'", "'--keep-checkpoints 2'"),
    Conflict("--average-last 1", "--average-last"), Conflict("--accumulate 0", "--accumulate"),
    Conflict("--validate-every 0", "--validate-every", "2epochs"), Conflict("--keep-every 2weeks", "2weeks"),
    Conflict("--r-drop 5 --dropout 0", "'--r-drop'", "'--dropout'"), Conflict("--r-drop -1", "--r-drop"),
    Conflict("--word-dropout 1", "--word-dropout"),
    Conflict("--layer-drop 0.1 --decoder-layers 1", "'--layer-drop'", "decoder"),
    Conflict("--layer-drop 0.1 --encoder-layers 1", "'--layer-drop'", "encoder"),
    Conflict("--optimizer adagrad", "adagrad", "adafactor"), Conflict("--schedule root", "inverse-sqrt"),
  ])
  func whatDoesNotGoTogetherIsNamed(_ item: Conflict) throws {
    let outcome = try Command.trainTranslation.run(
      CommandLineTests.arguments(.trainTranslation) + item.options)
    expectFailure(outcome, .trainTranslation, status: 64, saying: item.words)
  }

  private let fixture: Fixture
  private let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  private func train(_ options: [String], updates: Int = 40) throws -> Command.Outcome {
    try Command.trainTranslation.run(
      fixture.trainingArguments(model: folder("model"), updates: updates) + options)
  }

  private func log() throws -> [[String: Any]] {
    try String(contentsOfFile: folder("model/train.jsonl"), encoding: .utf8).split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  /// The log has lines of updates 10, 20, 30 and 40; the rate is at its peak at 20.
  @Test(arguments: [
    ("--schedule cosine --min-learning-rate 0.001", [0.005, 0.01, 0.0055, 0.001]),
    ("--schedule linear --schedule-updates 60", [0.005, 0.01, 0.0075, 0.005]),
    ("--schedule constant --warmup-from 0.002 --optimizer adamw", [0.006, 0.01, 0.01, 0.01]),
    (
      "--optimizer sgd --momentum 0 --accumulate 2", [0.005, 0.01, 0.008164965809277261, 0.00707106781186547]
    ),
    ("--optimizer adafactor --schedule plateau", [0.005, 0.01, 0.01, 0.01]),
  ])
  func ratesStandInTheLog(options: String, rates: [Double]) throws {
    try expectSuccess(train(options.split(separator: " ").map(String.init)))
    let found = try log().compactMap { $0["learning_rate"] as? Double }
    #expect(found.count == 4)
    // The warm-up begins at 1e-7 by default.
    for (one, other) in zip(found, rates) { #expect(abs(one - other) < 1e-7, "\(found)") }
  }

  @Test func noamIsThePapersRate() throws {
    var arguments = fixture.trainingArguments(model: folder("model"), updates: 10)
    let place = try #require(arguments.firstIndex(of: "--learning-rate"))
    arguments.removeSubrange(place...place + 1)
    try expectSuccess(
      Command.trainTranslation.run(arguments + ["--schedule", "noam", "--noam-factor", "0.5"]))
    let rate = try #require(try log().first?["learning_rate"] as? Double)
    #expect(abs(rate - 0.5 / 32.0.squareRoot() * 10 / (20 * 20.0.squareRoot())) < 1e-12)
  }

  @Test func resumeAsksForTheSameOptimizer() throws {
    try expectSuccess(train(["--optimizer", "adafactor"], updates: 10))
    expectFailure(
      try train(["--resume"], updates: 20), .trainTranslation,
      saying: ["'adafactor'", "'adam'", "--optimizer adafactor"])
    expectFailure(
      try train(["--resume", "--optimizer", "adafactor", "--accumulate", "2"], updates: 20),
      .trainTranslation,
      saying: ["2 batches an update"])
    try expectSuccess(train(["--resume", "--optimizer", "adafactor"], updates: 20))
  }

  @Test(arguments: ["15", #""epoch""#])
  func intervalsMayBeNumbersOrTexts(interval: String) throws {
    try #"{"validate-every": \#(interval), "best-by": "perplexity"}"#
      .write(toFile: folder("config.json"), atomically: false, encoding: .utf8)
    var arguments = fixture.trainingArguments(model: folder("model"), updates: 30)
    let place = try #require(arguments.firstIndex(of: "--validate-every"))
    arguments.removeSubrange(place...place + 1)
    let outcome = try Command.trainTranslation.run(arguments + ["--config", folder("config.json")])
    try expectSuccess(outcome)
    let validations = try log().filter { $0["valid_perplexity"] != nil }
    #expect(validations.count > 1 && validations.allSatisfy { $0["valid_bleu"] == nil })
    if interval == "15" {
      #expect(validations.compactMap { $0["update"] as? Int } == [15, 30])
    } else {
      #expect(validations.compactMap { $0["epoch"] as? Int }.prefix(2) == [1, 2])
    }
  }
}

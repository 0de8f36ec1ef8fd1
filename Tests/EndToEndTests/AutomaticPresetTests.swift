import Foundation
import TestSupport
import Testing

/// `train-translation --preset auto`: from nothing but text to a model.
@Suite struct AutomaticPresetTests {
  let fixture: Fixture
  let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  /// Nothing but text, a folder, and a model so small that the test is quick.
  private var small: [String] {
    [
      "--preset", "auto", "--train-source", fixture.trainSource, "--train-target", fixture.trainTarget,
      "--model", folder("model"), "--encoder-layers", "1", "--decoder-layers", "1", "--size", "32",
      "--inner-size", "64", "--heads", "2", "--threads", "2", "--log-every", "5",
    ]
  }

  private func train(_ options: String...) throws -> Command.Outcome {
    try Command.trainTranslation.run(small + options.flatMap { $0.split(separator: " ").map(String.init) })
  }

  private func json(_ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: folder("model/\(name)")))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  @Test func textAloneBecomesAModel() throws {
    let outcome = try train("--max-updates 40", "--dropout 0.2")
    try expectSuccess(outcome)
    for words in [
      "380 pairs to train on", "mostly Latn", "--merges", "joint", "Sennrich", "--preset", "tiny",
      "target tokens", "about 40 updates", "20 pairs are held out", "pairs held out for validation",
    ] {
      #expect(outcome.errors.contains(words), "no '\(words)' in \(outcome.errors)")
    }
    let given = outcome.errors.split(separator: "\n").filter { $0.hasSuffix(" given") }
    #expect(given.count == 2, "\(given)")
    for (option, value) in [("--dropout", "0.2"), ("--inner-size", "64")] {
      #expect(given.contains { $0.contains(option) && $0.contains(value) }, "\(given)")
    }
    // The model is like any other.
    let translation = try Command.translate.run(
      ["--model", folder("model")], text: "Anna sees the old house.\n")
    try expectSuccess(translation)
    #expect(translation.lines.count == 1)
    let manifest = try json("training.json")
    let choices = try #require(manifest["choices"] as? [[String: Any]])
    let dropout = try #require(choices.first { $0["option"] as? String == "--dropout" })
    #expect(dropout["given"] as? Bool == true && dropout["value"] as? String == "0.3")
    let size = try #require(choices.first { $0["option"] as? String == "--preset" })
    #expect(size["given"] as? Bool == false && (size["reason"] as? String)?.contains("target words") == true)
    #expect(manifest["pairs"] as? Int == 380)
  }

  @Test func heldOutPairsAreNeverTrainedOn() throws {
    // Every pair of the text twice, so that each held-out pair has a twin.
    for (path, name) in [(fixture.trainSource, "twice.en"), (fixture.trainTarget, "twice.de")] {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try (text + text).write(toFile: folder(name), atomically: false, encoding: .utf8)
    }
    let outcome = try Command.trainTranslation.run(
      small.map {
        $0 == fixture.trainSource ? folder("twice.en") : $0 == fixture.trainTarget ? folder("twice.de") : $0
      }
        + ["--max-updates", "2"])
    try expectSuccess(outcome)
    let source = try lines(folder("model/valid.source.txt"))
    let target = try lines(folder("model/valid.target.txt"))
    #expect(source.count == 40 && Set(source).count == 40 && target.count == 40)
    let pairs = zip(try lines(fixture.trainSource), try lines(fixture.trainTarget)).map { "\($0)\t\($1)" }
    #expect(Set(zip(source, target).map { "\($0)\t\($1)" }).isSubset(of: Set(pairs)))
    #expect(try json("training.json")["pairs"] as? Int == 720)
    #expect(outcome.errors.contains("they and 40 pairs with the same source lines"), "\(outcome.errors)")
  }

  @Test func resumedRunIsTheUninterruptedOne() throws {
    // Settings that depend on the number of updates are given, since the first part ends after half of them.
    let options = "--schedule constant --warmup 5 --dropout 0.2 --validate-every 10 --max-updates"
    try expectSuccess(train("\(options) 40"))
    let model = try Data(contentsOf: URL(fileURLWithPath: folder("model/model.safetensors")))
    let vocabulary = try Data(contentsOf: URL(fileURLWithPath: folder("model/vocab.txt")))
    try expectSuccess(train("\(options) 20 --overwrite"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("model/model.safetensors"))) != model)
    let outcome = try train("\(options) 40 --resume")
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("recipe.json"), "\(outcome.errors)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("model/model.safetensors"))) == model)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("model/vocab.txt"))) == vocabulary)
  }

  @Test func theRateIsDownWhenTheTimeIsUp() throws {
    let outcome = try train("--time-budget 3s")
    try expectSuccess(outcome)
    // The forecast is printed once, as soon as the speed is known.
    let forecasts = outcome.errors.split(separator: "\n").filter {
      $0.contains(" left") && $0.hasPrefix("after ")
    }
    #expect(forecasts.count == 1, "\(outcome.errors)")
    let rates = try lines(folder("model/train.jsonl")).compactMap {
      try (JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["learning_rate"] as? Double
    }
    let (last, peak) = (try #require(rates.last), try #require(rates.max()))
    #expect(last < 0.2 * peak && peak > 1e-4, "\(rates)")
  }

  @Test func planWritesNothing() throws {
    let outcome = try train("--plan --time-budget 20m --separate")
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("linear") && outcome.errors.contains("separate"), "\(outcome.errors)")
    #expect(folder.names.isEmpty)
  }

  @Test func whatIsGivenIsNotMade() throws {
    let outcome = try train(
      "--vocab \(fixture.vocabulary) --valid-source \(fixture.validSource) --valid-target \(fixture.validTarget)",
      "--max-updates 3 --learning-rate 0.001")
    try expectSuccess(outcome)
    #expect(!outcome.errors.contains("--merges") && !outcome.errors.contains("held out"), "\(outcome.errors)")
    let recipe = try json("recipe.json")
    #expect(recipe["vocabulary"] as? Bool == false && recipe["held_out_pairs"] as? Bool == false)
    #expect(try json("training.json")["pairs"] as? Int == 400)
    // The same command resumes, but not without what was given.
    expectFailure(
      try train("--max-updates 6 --resume"), .trainTranslation, status: 64, saying: ["'--vocab'"])
    expectFailure(
      try train("--max-updates 6 --resume --vocab \(fixture.vocabulary)"), .trainTranslation, status: 64,
      saying: ["'--valid-source'"])
    let vocabulary = try Data(contentsOf: URL(fileURLWithPath: "\(fixture.vocabulary)/vocab.txt"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("model/vocab.txt"))) == vocabulary)
  }

  @Test func tooLittleTextForValidationIsSaid() throws {
    for (path, name) in [(fixture.trainSource, "few.en"), (fixture.trainTarget, "few.de")] {
      try (lines(path).prefix(50).joined(separator: "\n") + "\n")
        .write(toFile: folder(name), atomically: false, encoding: .utf8)
    }
    let few = small.map {
      $0 == fixture.trainSource ? folder("few.en") : $0 == fixture.trainTarget ? folder("few.de") : $0
    }
    expectFailure(
      try Command.trainTranslation.run(few), .trainTranslation,
      saying: ["50 pairs", folder("few.en"), "--valid-source"])
    // It can still be trained on.
    try expectSuccess(
      Command.trainTranslation.run(
        few + [
          "--valid-source", fixture.validSource, "--valid-target", fixture.validTarget, "--max-updates", "2",
        ]))
  }

  @Test func aTrainingThatWasStartedByHandIsNotTakenOver() throws {
    try expectSuccess(
      Command.trainTranslation.run(fixture.trainingArguments(model: folder("model"), updates: 2)))
    expectFailure(try train("--resume"), .trainTranslation, saying: ["recipe.json", "--preset auto"])
    expectFailure(try train(), .trainTranslation, status: 64, saying: ["--overwrite"])
    // Nor is the recipe of an earlier training mistaken for that of a later one.
    try expectSuccess(train("--max-updates 2 --overwrite"))
    #expect(folder.names.contains("model/recipe.json") && folder.names.contains("model/valid.source.txt"))
    try expectSuccess(
      Command.trainTranslation.run(
        fixture.trainingArguments(model: folder("model"), updates: 2) + ["--overwrite"]))
    #expect(!folder.names.contains("model/recipe.json") && !folder.names.contains("model/valid.source.txt"))
  }

  @Test(arguments: [
    ("--plan", ["'--plan'", "'--preset auto'"]), ("--merges 50", ["'--merges'", "build-vocab"]),
    ("--preset auto --merges 50", ["'--merges'", "'--vocab'"]),
    ("--preset auto --train-source - --train-target /no/b2", ["'--train-source'", "more than once"]),
    ("--preset auto --plan --resume", ["'--plan'", "'--resume'"]),
  ])
  func whatDoesNotGoTogetherIsNamed(options: String, words: [String]) throws {
    let outcome = try Command.trainTranslation.run(
      CommandLineTests.arguments(.trainTranslation) + options.split(separator: " ").map(String.init))
    expectFailure(outcome, .trainTranslation, status: 64, saying: words)
  }
}

import Foundation
import TestSupport
import Testing

/// Span tokens from a text to translations, with the default options.
@Suite struct SpanTokenCommandTests {
  private let fixture: Fixture
  private let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  private func buildVocabulary(_ options: [String] = []) throws -> Command.Outcome {
    var arguments = fixture.vocabularyArguments(output: folder("vocab")) + options
    // The fixture's vocabulary has none.
    if let place = arguments.firstIndex(of: "--span-tokens"), !options.contains("--span-tokens") {
      arguments.removeSubrange(place...place + 1)
    }
    return try Command.buildVocab.run(arguments)
  }

  private func train(_ name: String, updates: Int, _ options: [String] = [], preset: String = "tiny") throws
    -> Command.Outcome
  {
    var arguments = fixture.trainingArguments(model: folder(name), updates: updates) + options
    for (option, value) in [("--vocab", folder("vocab")), ("--preset", preset)] {
      if let place = arguments.firstIndex(of: option) { arguments[place + 1] = value }
    }
    return try Command.trainTranslation.run(arguments)
  }

  private func json(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(fileURLWithPath: folder(path)))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func count(_ part: String, in text: String) -> Int { text.components(separatedBy: part).count - 1 }

  @Test func fromTextToTranslations() throws {
    let built = try buildVocabulary()
    try expectSuccess(built)
    #expect(built.errors.contains("for spans   <span1> to <span8>"))
    #expect(try json("vocab/pipeline.json")["span_tokens"] as? Int == 8)
    let lines = try String(contentsOfFile: folder("vocab/vocab.txt"), encoding: .utf8).split(separator: "\n")
    #expect(lines.suffix(8).map(String.init) == (1...8).map { "<span\($0)>" })

    let trained = try train("model", updates: 300)
    try expectSuccess(trained)
    #expect(trained.errors.contains("in 10 % of the pairs, <span1> to <span8> stand for words"))
    #expect((try json("model/training.json")["regularization"] as? [String: Double])?["train_spans"] == 0.1)

    let text =
      "Anna sees the {name} house.\nAnna sees https://example.org/a?b=c in {0}, %1$s {x}.\n<span1> sees Anna.\n"
    let translated = try Command.translate.run(
      ["--model", folder("model"), "--json", "--token-scores", "--missing-spans", "report"], text: text)
    try expectSuccess(translated)
    for (line, spans) in zip(
      translated.lines, [["{name}"], ["https://example.org/a?b=c", "{0}", "%1$s", "{x}"]])
    {
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let translation = try #require(object["translation"] as? String)
      for span in spans { #expect(count(span, in: translation) == 1, "\(line)") }
      #expect(!line.contains("<span"), "\(line)")
    }
    // Text with the name of such a token is text: a tag, which is protected.
    #expect(count("<span1>", in: translated.lines[2]) >= 1)
  }

  @Test func interruptionDoesNotShow() throws {
    try expectSuccess(buildVocabulary(["--span-tokens", "3"]))
    let options = ["--train-spans", "0.5", "--bpe-dropout", "0.2", "--copy-unknowns", "0.3"]
    try expectSuccess(train("whole", updates: 40, options))
    try expectSuccess(train("parts", updates: 13, options))
    try expectSuccess(train("parts", updates: 40, options + ["--resume", "--threads", "1"]))
    let weights = try ["whole", "parts"].map {
      try Data(contentsOf: URL(fileURLWithPath: folder("\($0)/model.safetensors")))
    }
    #expect(weights[0] == weights[1])
  }

  @Test func namesDoNotClash() throws {
    expectFailure(
      try buildVocabulary(["--tag", "<span2>"]), .buildVocab, status: 64,
      saying: ["'--tag <span2>'", "'--span-tokens 0'"])
    try expectSuccess(buildVocabulary(["--tag", "<span2>", "--span-tokens", "1"]))
    expectFailure(
      try Command.buildVocab.run([
        "--source", fixture.trainSource, "--target", fixture.trainTarget, "--output", folder("pieces"),
        "--segmentation", "sentencepiece", "--user-defined-symbols", "<span1>",
      ]), .buildVocab, status: 64, saying: ["'--user-defined-symbols'", "'<span1>'", "'--span-tokens 0'"])
  }

  @Test func aModelGetsThemLater() throws {
    let outcome = try Command.trainTranslation.run([
      "--initialize-from", fixture.model, "--extend-spans", "4", "--model", folder("model"),
      "--train-source", fixture.trainSource, "--train-target", fixture.trainTarget, "--valid-source",
      fixture.validSource, "--valid-target", fixture.validTarget, "--max-updates", "5", "--learning-rate",
      "1e-4", "--warmup", "2",
    ])
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("4 (<span1> <span2> <span3> <span4>)"))
    #expect(outcome.errors.contains("<span1> to <span4> stand for words"))
    let line = "Anna sees the {name} house.\n"
    let translated = try Command.translate.run(["--model", folder("model")], text: line)
    try expectSuccess(translated)
    #expect(count("{name}", in: translated.output) == 1)
  }

  /// In files of other toolkits they are control pieces, and come back as what they are.
  @Test func exportedModelsKeepThem() throws {
    try expectSuccess(
      Command.buildVocab.run([
        "--source", fixture.trainSource, "--target", fixture.trainTarget, "--output", folder("vocab"),
        "--segmentation", "sentencepiece", "--vocab-size", "80",
      ]))
    try expectSuccess(train("model", updates: 5, preset: "student"))
    try expectSuccess(
      Command.exportModel.run([folder("model"), "--format", "marian", "--output", folder("marian")]))
    try expectSuccess(Command.importModel.run([folder("marian"), "--output", folder("back")]))
    #expect(try json("back/pipeline.json")["span_tokens"] as? Int == 8)
    let line = "Anna sees the {name} house.\n"
    let outcomes = try ["model", "back"].map {
      try Command.translate.run(["--model", folder($0)], text: line)
    }
    #expect(outcomes[0].output == outcomes[1].output && count("{name}", in: outcomes[1].output) == 1)
  }
}

import Foundation
import TestSupport
import Testing

/// Training that starts from another model.
@Suite struct ContinuedTrainingTests {
  private let fixture: Fixture
  private let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  /// Without any options of vocabulary or architecture.
  private func train(
    from model: String? = nil, to name: String = "model", updates: Int = 10, _ options: [String] = []
  ) throws -> Command.Outcome {
    try Command.trainTranslation.run(
      [
        "--initialize-from", model ?? fixture.model, "--train-source", fixture.trainSource, "--train-target",
        fixture.trainTarget, "--valid-source", fixture.validSource, "--valid-target", fixture.validTarget,
        "--model", folder(name), "--batch-tokens", "512", "--learning-rate", "0.003", "--warmup", "5",
        "--shards", "2", "--threads", "2", "--validate-every", "30", "--max-updates", "\(updates)",
      ] + options)
  }

  private func weights(_ name: String = "model") throws -> [String: Data] {
    try tensors(folder("\(name)/model.safetensors"))
  }

  @Test func itStartsWhereTheOtherModelStands() throws {
    // Hardly trained: whichever of the two validations is better, it is the same model.
    let outcome = try train(updates: 1, ["--learning-rate", "1e-9"])
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("starting from '\(fixture.model)'"), "\(outcome.errors)")
    let (before, after) = (
      try jsonObject("\(fixture.model)/training.json"), try jsonObject(folder("model/training.json"))
    )
    let perplexities = try [before, after].map { try #require($0["valid_perplexity"] as? Double) }
    #expect(abs(perplexities[1] / perplexities[0] - 1) < 1e-4, "\(perplexities)")
    #expect([0, 1].contains(after["update"] as? Int))
    #expect(outcome.errors.contains("update 0 (the starting model)"), "\(outcome.errors)")
    for name in ["vocab.txt", "bpe.codes", "pipeline.json", "config.json"] {
      #expect(
        try String(contentsOfFile: folder("model/\(name)"), encoding: .utf8)
          == String(contentsOfFile: "\(fixture.model)/\(name)", encoding: .utf8), "\(name)")
    }
    let start = try #require(after["initialized_from"] as? [String: String])
    #expect(start["folder"] == fixture.model)
    #expect(start["weights"]?.hasPrefix("crc32:") == true)
    #expect(after["frozen"] == nil && before["initialized_from"] == nil)
    // It translates like the other model, since it was hardly trained.
    let text = lines(try fixture.sentences())
    let translations = try [fixture.model, folder("model")].map {
      try Command.translate.run(["--model", $0], text: text).output
    }
    #expect(translations[0] == translations[1])
  }

  @Test(arguments: [["embeddings"], ["encoder"], ["decoder", "embeddings"]])
  func frozenPartsStayToTheBit(parts: [String]) throws {
    let options = parts.flatMap { ["--freeze", $0] } + ["--optimizer", "adamw", "--weight-decay", "0.1"]
    let outcome = try train(options)
    try expectSuccess(outcome)
    // The last update's weights; those of the best model may be the starting model's.
    let (before, last) = (
      try tensors("\(fixture.model)/model.safetensors"),
      try tensors(folder("model/checkpoints/last.safetensors"))
    )
    let after = last.filter { before[$0.key] != nil }
    #expect(before.keys.sorted() == after.keys.sorted())
    for (name, bytes) in before {
      let part =
        name.hasPrefix("model.shared")
        ? "embeddings" : name.hasPrefix("model.encoder") ? "encoder" : "decoder"
      #expect((after[name] == bytes) == parts.contains(part), "\(name)")
    }
    #expect(
      try Set(#require(try jsonObject(folder("model/training.json"))["frozen"] as? [String])) == Set(parts))
    #expect(outcome.errors.contains("frozen: "), "\(outcome.errors)")
  }

  @Test func theOtherModelIsNeededOnceOnly() throws {
    let other = try fixture.copyOfModel()
    let options = ["--freeze", "encoder"]
    try expectSuccess(train(from: other.path, to: "whole", updates: 20, options))
    try expectSuccess(train(from: other.path, to: "parts", updates: 9, options))
    expectFailure(
      try train(from: other.path, to: "parts", updates: 20, ["--resume"]), .trainTranslation,
      saying: ["frozen encoder"])
    try FileManager.default.removeItem(atPath: other.path)
    try expectSuccess(train(from: other.path, to: "parts", updates: 20, options + ["--resume"]))
    #expect(try weights("parts") == weights("whole"))
    let manifests = try ["parts", "whole"].map { try jsonObject(folder("\($0)/training.json")) }
    #expect(
      manifests[0]["initialized_from"] as? [String: String] == manifests[1]["initialized_from"]
        as? [String: String])
    // A new run in the same folder no longer depends on it.
    expectFailure(
      try train(from: other.path, to: "parts", ["--overwrite"]), .trainTranslation, status: 64,
      saying: ["'--initialize-from \(other.path)'", "does not name a model folder"])
    try expectSuccess(
      Command.trainTranslation.run(
        fixture.trainingArguments(model: folder("parts"), updates: 2) + ["--overwrite"]))
    expectFailure(
      try train(from: fixture.model, to: "parts", ["--resume"]), .trainTranslation, status: 64,
      saying: ["was not started from another model"])
  }

  @Test func aModelMayBeTrainedOnInItsOwnFolder() throws {
    let copy = try fixture.copyOfModel()
    let arguments = ["--model", copy.path, "--overwrite"]
    try expectSuccess(train(from: copy.path, updates: 2, arguments))
    #expect([0, 2].contains(try jsonObject("\(copy.path)/training.json")["update"] as? Int))
  }

  @Test func ratesOfDropoutMayChange() throws {
    try expectSuccess(train(updates: 1, ["--dropout", "0.05", "--attention-dropout", "0.02"]))
    let (before, after) = (
      try jsonObject("\(fixture.model)/config.json"), try jsonObject(folder("model/config.json"))
    )
    #expect(abs(try #require(after["dropout"] as? Double) - 0.05) < 1e-6)
    #expect(abs(try #require(after["attention_dropout"] as? Double) - 0.02) < 1e-6)
    for key in ["d_model", "encoder_layers", "encoder_ffn_dim", "vocab_size", "activation_function"] {
      #expect("\(before[key] ?? 0)" == "\(after[key] ?? 1)", "\(key)")
    }
  }

  @Test(arguments: [
    (["--size", "64"], ["'--size 64'", "d_model is 32"]),
    (["--encoder-layers", "3"], ["'--encoder-layers 3'", "encoder_layers is 1"]),
    (["--heads", "4"], ["'--heads 4'", "is 2"]),
    (["--preset", "tiny"], ["'--preset tiny'", "encoder_layers is 1, not 4"]),
    (["--norm", "pre"], ["'--norm pre'", "norm_placement is 'post'"]),
    (["--activation", "gelu"], ["'--activation gelu'", "'relu'"]),
    (["--tie", "decoder"], ["'--tie decoder'", "'all'"]),
    (["--freeze", "output"], ["'--freeze output'", "tied", "freeze embeddings"]),
    (["--freeze", "head"], ["'head'", "embeddings, encoder, decoder, nat-decoder, output"]),
    (
      ["embeddings", "encoder", "decoder", "output"].flatMap { ["--freeze", $0] }, ["leaves nothing to train"]
    ),
    (["--layer-drop", "0.1"], ["'--layer-drop'", "encoder"]),
    (["--positions", "rotary"], ["'--positions rotary'", "position_encoding is 'sinusoidal'"]),
    (["--bias-free"], ["'--bias-free'", "use_bias is 'true'"]),
    (["--initialization", "normal"], ["'--initialization'", "'--initialize-from'"]),
  ])
  func whatContradictsTheModelIsNamed(options: [String], words: [String]) throws {
    expectFailure(try train(options), .trainTranslation, status: 64, saying: words)
    #expect(!folder.names.contains("model/model.safetensors"))
  }

  /// Options that repeat the model's architecture are not contradictions.
  @Test func theSameArchitectureMayBeGiven() throws {
    try expectSuccess(
      train(
        updates: 1,
        ["--size", "32", "--heads", "2", "--norm", "post", "--tie", "all", "--vocab", fixture.vocabulary]))
  }

  @Test func anotherVocabularyIsNamedWithItsFirstDifference() throws {
    var arguments = fixture.vocabularyArguments(output: folder("vocab"))
    arguments[arguments.firstIndex(of: "60")!] = "61"
    try expectSuccess(Command.buildVocab.run(arguments))
    let files = try [folder("vocab"), fixture.model].map {
      try String(contentsOfFile: "\($0)/vocab.txt", encoding: .utf8).split(separator: "\n")
    }
    let line = zip(files[0], files[1]).prefix { $0 == $1 }.count
    expectFailure(
      try train(["--vocab", folder("vocab")]), .trainTranslation,
      saying: [
        "'\(folder("vocab"))/vocab.txt'", "'\(fixture.model)/vocab.txt'", "line \(line + 1)",
        "'\(files[0][line])'",
        "'\(files[1][line])'", "--vocab",
      ])
  }

  @Test func whatCannotStartIsNamed() throws {
    expectFailure(
      try train(from: "/no/model"), .trainTranslation, status: 64,
      saying: ["'--initialize-from /no/model'", "'/no/model/model.safetensors'"])
    let damaged = try fixture.copyOfModel()
    let path = damaged("model.safetensors")
    try Data(contentsOf: URL(fileURLWithPath: path)).dropLast(100).write(to: URL(fileURLWithPath: path))
    expectFailure(try train(from: damaged.path), .trainTranslation, saying: [path])
    expectFailure(
      try Command.trainTranslation.run(
        CommandLineTests.arguments(.trainTranslation) + ["--freeze", "encoder"]),
      .trainTranslation, status: 64, saying: ["'--freeze'", "'--initialize-from'"])
    let foreign = try fixture.copyOfModel()
    let vocabulary = try String(contentsOfFile: foreign("vocab.txt"), encoding: .utf8)
    try (vocabulary + "oneMore\n").write(toFile: foreign("vocab.txt"), atomically: false, encoding: .utf8)
    expectFailure(
      try train(from: foreign.path), .trainTranslation, saying: [foreign.path, "the vocabulary has"])
  }
}

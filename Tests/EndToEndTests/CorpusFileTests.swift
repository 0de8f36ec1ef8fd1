import Foundation
import TestSupport
import Testing

/// Vocabularies and trainings from translation memories and catalogs.
@Suite struct CorpusFileTests {
  private let fixture: Fixture
  private let folder: TemporaryFolder

  init() throws {
    (fixture, folder) = (try Fixture.shared(), try TemporaryFolder())
    try write(memory(Fixture.pairs(400, from: 0)), "train.tmx")
    try write(catalog(Fixture.pairs(24, from: 400)), "valid.po")
  }

  private func write(_ text: String, _ name: String) throws {
    try text.write(toFile: folder(name), atomically: false, encoding: .utf8)
  }

  /// A memory with French texts in addition, and a unit without German.
  private func memory(_ pairs: [(String, String)]) -> String {
    func variant(_ language: String, _ text: String) -> String {
      "<tuv xml:lang=\"\(language)\"><seg>\(text)</seg></tuv>"
    }
    let units = pairs.map { pair in
      "<tu>\(variant("en-US", pair.0))\(variant("fr", "le"))\(variant("de-DE", pair.1))</tu>"
    }
    return "<?xml version=\"1.0\"?><tmx version=\"1.4\"><header srclang=\"*all*\"/><body>"
      + units.joined(separator: "\n")
      + "<tu>\(variant("en", "No German."))\(variant("fr", "Non."))</tu></body></tmx>"
  }

  private func catalog(_ pairs: [(String, String)]) -> String {
    "msgid \"\"\nmsgstr \"Language: de\\n\"\n\n"
      + pairs.map { "msgid \"\($0.0)\"\nmsgstr \"\($0.1)\"\n" }.joined(separator: "\n")
  }

  private var files: [String] { ["--train", folder("train.tmx"), "--valid", folder("valid.po")] }

  /// The arguments of the fixture's training with other files.
  private func arguments(_ name: String, updates: Int = 9, _ files: [String]) -> [String] {
    let words = fixture.trainingArguments(model: folder(name), updates: updates)
    let text = ["--train-source", "--train-target", "--valid-source", "--valid-target"]
    return words.indices.filter {
      !text.contains(words[$0]) && ($0 == 0 || !text.contains(words[$0 - 1]))
    }.map { words[$0] } + files
  }

  private func weights(_ name: String) throws -> [String: Data] {
    try tensors(folder("\(name)/checkpoints/last.safetensors"))
  }

  @Test func aMemoryGivesTheVocabularyOfItsText() throws {
    let options = [
      "--merges", "60", "--source-language", "en", "--target-language", "de", "--span-tokens", "0",
    ]
    let outcome = try Command.buildVocab.run(
      ["--train", folder("train.tmx"), "--output", folder("vocab")] + options)
    try expectSuccess(outcome)
    #expect(
      outcome.errors.contains("400 pairs of 400 units; units left out: 1 untranslated"), "\(outcome.errors)")
    for name in ["vocab.txt", "bpe.codes", "pipeline.json"] {
      #expect(
        try String(contentsOfFile: folder("vocab/\(name)"), encoding: .utf8)
          == String(contentsOfFile: "\(fixture.vocabulary)/\(name)", encoding: .utf8), "\(name)")
    }
    expectFailure(
      try Command.buildVocab.run(["--train", folder("train.tmx"), "--output", folder("other")]), .buildVocab,
      saying: ["--source-language", "de-DE, en-US, fr"])
  }

  /// The languages are those of the vocabulary.
  @Test func aMemoryTrainsLikeItsText() throws {
    try expectSuccess(
      Command.trainTranslation.run(fixture.trainingArguments(model: folder("text"), updates: 9)))
    let outcome = try Command.trainTranslation.run(arguments("memory", files))
    try expectSuccess(outcome)
    #expect(
      outcome.errors.contains("'\(folder("train.tmx"))' (tmx): 400 pairs of 400 units"), "\(outcome.errors)")
    #expect(try weights("memory") == weights("text"))
    let manifest = try jsonObject(folder("memory/training.json"))
    let converted = try #require(manifest["converted_from"] as? [[String: Any]])
    #expect(converted.map { $0["file"] as? String } == [folder("train.tmx"), folder("valid.po")])
    #expect(converted.map { $0["pairs"] as? Int } == [400, 24])
    #expect((manifest["data"] as? [String: String])?[folder("memory/converted/train-1.source.txt")] != nil)
  }

  @Test func itResumesWithoutTheFileButNotWithAnother() throws {
    try expectSuccess(Command.trainTranslation.run(arguments("whole", files)))
    try expectSuccess(Command.trainTranslation.run(arguments("parts", updates: 4, files)))
    try FileManager.default.moveItem(atPath: folder("train.tmx"), toPath: folder("moved.tmx"))
    try expectSuccess(
      Command.trainTranslation.run(["--resume", "--model", folder("parts"), "--max-updates", "9"]))
    #expect(try weights("parts") == weights("whole"))
    try write(memory(Fixture.pairs(390, from: 5)), "train.tmx")
    expectFailure(
      try Command.trainTranslation.run(["--resume", "--model", folder("parts"), "--max-updates", "12"]),
      .trainTranslation, saying: ["400 pairs", "390 pairs"])
  }

  @Test func textAndMemoriesMix() throws {
    let text = ["--train-source", fixture.validSource, "--train-target", fixture.validTarget]
    let weights = ["--train-weight", "2", "--train-weight", "0.5"]
    let outcome = try Command.trainTranslation.run(arguments("mixed", text + files + weights))
    try expectSuccess(outcome)
    #expect(
      outcome.errors.contains("train-1.target.txt': pairs read: 400, kept: 400, weight 0.5"),
      "\(outcome.errors)")
    expectFailure(
      try Command.trainTranslation.run(arguments("wrong", files + text + weights)), .trainTranslation,
      status: 64,
      saying: ["'--train-weight' counts the files of '--train-source' first"])
  }

  @Test func thePresetAutoReadsMemories() throws {
    let words = [
      "--preset", "auto", "--train", folder("train.tmx"), "--source-language", "en", "--target-language",
      "de",
      "--max-updates", "3", "--threads", "2", "--model", folder("auto"),
    ]
    let plan = try Command.trainTranslation.run(words + ["--plan"])
    try expectSuccess(plan)
    #expect(!FileManager.default.fileExists(atPath: folder("auto")))
    try expectSuccess(Command.trainTranslation.run(words))
    #expect(FileManager.default.fileExists(atPath: folder("auto/valid.source.txt")))
    try expectSuccess(
      Command.trainTranslation.run(["--resume", "--model", folder("auto"), "--max-updates", "4"]))
  }

  @Test func damagedFilesLeaveNothing() throws {
    try write("<tmx version=\"1.4\"><header srclang=\"en\"/><body><tu>", "cut.tmx")
    expectFailure(
      try Command.trainTranslation.run(
        arguments("model", ["--train", folder("cut.tmx"), "--valid", folder("valid.po")])),
      .trainTranslation, saying: ["cut.tmx"])
    #expect(!FileManager.default.fileExists(atPath: folder("model/converted/train-1.source.txt")))
    expectFailure(
      try Command.trainTranslation.run(
        arguments("model", ["--train", fixture.trainSource] + files.suffix(2))),
      .trainTranslation, saying: [fixture.trainSource, "expected one of po"])
    expectFailure(
      try Command.trainTranslation.run(arguments("model", ["--train", folder("train.tmx")])),
      .trainTranslation,
      status: 64, saying: ["--valid-source"])
  }
}

import Foundation
import TestSupport
import Testing

/// One model for two target languages, which are selected by a tag.
@Suite struct MultilingualTests {
  /// A source text, and the vocabulary, model and files for both languages: made once.
  final class Languages: Sendable {
    static func shared() throws -> Languages { try made.get() }
    private static let made = Result { try Languages() }

    static let words = [
      ("one", "eins", "un"), ("two", "zwei", "deux"), ("three", "drei", "trois"), ("four", "vier", "quatre"),
      ("five", "fünf", "cinq"), ("six", "sechs", "six"), ("seven", "sieben", "sept"),
      ("eight", "acht", "huit"),
    ]

    let folder: TemporaryFolder

    private init() throws {
      folder = try TemporaryFolder()
      atexit {
        if let path = try? Languages.made.get().folder.path {
          try? FileManager.default.removeItem(atPath: path)
        }
      }
      // All pairs of words; a few of them are reserved for validation.
      let all = Self.words.indices.flatMap { first in Self.words.indices.map { (first, $0) } }
      let isValid = { (pair: (Int, Int)) in (pair.0 * 3 + pair.1) % 9 == 0 }
      for (name, pairs) in [("train", all.filter { !isValid($0) }), ("valid", all.filter(isValid))] {
        for (language, word) in [("en", \(String, String, String).0), ("de", \.1), ("fr", \.2)] {
          let text = pairs.map { "\(Self.words[$0.0][keyPath: word]) \(Self.words[$0.1][keyPath: word])\n" }
          try text.joined().write(toFile: folder("\(name).\(language)"), atomically: false, encoding: .utf8)
        }
      }
      try expectSuccess(
        Command.buildVocab.run([
          "--source", folder("train.en"), "--target", folder("train.de"), "--target", folder("train.fr"),
          "--output", folder("vocab"), "--merges", "100", "--tokenizer", "whitespace", "--tag", "<2de>",
          "--tag",
          "<2fr>",
        ]))
      try expectSuccess(Command.trainTranslation.run(arguments(model: folder("model"), updates: 400)))
    }

    func arguments(model: String, updates: Int) -> [String] {
      files("train", "--train", "--prefix-source") + files("valid", "--valid", "--valid-prefix-source") + [
        "--vocab", folder("vocab"), "--model", model, "--preset", "tiny", "--encoder-layers", "1",
        "--decoder-layers", "1", "--size", "64", "--inner-size", "128", "--heads", "2", "--batch-tokens",
        "256",
        "--learning-rate", "0.005", "--warmup", "50", "--dropout", "0.1", "--shards", "2", "--threads", "2",
        "--validate-every", "200", "--max-updates", "\(updates)", "--train-weight", "1", "--train-weight",
        "1.5",
      ]
    }

    private func files(_ name: String, _ option: String, _ prefix: String) -> [String] {
      ["de", "fr"].flatMap { language in
        [
          "\(option)-source", folder("\(name).en"), "\(option)-target", folder("\(name).\(language)"), prefix,
          "<2\(language)>",
        ]
      }
    }
  }

  private let languages: Languages

  init() throws { languages = try Languages.shared() }

  private func translate(_ text: String, _ options: [String] = []) throws -> Command.Outcome {
    let outcome = try Command.translate.run(["--model", languages.folder("model")] + options, text: text)
    try expectSuccess(outcome)
    return outcome
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: languages.folder(name), encoding: .utf8)
  }

  /// The same source sentences are used for both languages, so that only the tag differs.
  @Test(arguments: ["de", "fr"]) func theTagDecides(language: String) throws {
    let source = try text("valid.en")
    let expected = try text("valid.\(language)").split(separator: "\n").map(String.init)
    let found = try translate(source, ["--prefix-source", "<2\(language)>"]).lines
    let right = zip(found, expected).flatMap { zip($0.split(separator: " "), $1.split(separator: " ")) }
      .count { $0 == $1 }
    #expect(found.count == expected.count)
    #expect(Double(right) >= 0.9 * Double(2 * expected.count), "\(right) of \(2 * expected.count): \(found)")
    // A tag at the beginning of each line has the same effect, and so has that of an object.
    let column = source.split(separator: "\n").map { "<2\(language)> \($0)\n" }.joined()
    #expect(try translate(column).lines == found)
    let objects = source.split(separator: "\n").map { #"{"text":"\#($0)","tag":"<2\#(language)>"}"# + "\n" }
    #expect(try translate(objects.joined(), ["--input-format", "json"]).lines == found)
  }

  @Test func whoPassesOnTextDecidesAlone() throws {
    let plain = try translate("one two\n", ["--prefix-source", "<2de>"])
    #expect(plain.errors.isEmpty, "\(plain.errors)")
    let smuggled = try translate("<2fr> one two\none <2fr> two\n", ["--prefix-source", "<2de>"])
    #expect(smuggled.errors.contains("1 line begins with a tag"), "\(smuggled.errors)")
    #expect(smuggled.lines.count == 2)
  }

  @Test func theManifestTellsTagsAndWeights() throws {
    let manifest = try jsonObject(languages.folder("model/training.json"))
    let files = try #require(manifest["train_files"] as? [[String: Any]])
    #expect(files.map { $0["tag"] as? String } == ["<2de>", "<2fr>"])
    #expect(files.map { $0["weight"] as? Double } == [1, 1.5])
    #expect(files.allSatisfy { $0["pairs_read"] as? Int == $0["pairs_kept"] as? Int })
    #expect(files[1]["target"] as? String == languages.folder("train.fr"))
    let valid = try #require(manifest["valid_files"] as? [[String: Any]])
    #expect(valid.map { $0["tag"] as? String } == ["<2de>", "<2fr>"])
    #expect(manifest["valid_bleu"] is Double)
    let vocabulary = try text("vocab/vocab.txt")
    #expect(vocabulary.hasPrefix("<pad>\n<s>\n</s>\n<unk>\n<2de>\n<2fr>\n"))
    #expect(
      try jsonObject(languages.folder("model/pipeline.json"))["tags"] as? [String] == ["<2de>", "<2fr>"])
  }

  @Test func tagsThatThereAreNotAreNamed() throws {
    let words = ["'<2es>'", "<2de>, <2fr>", "build-vocab --tag '<2es>'"]
    expectFailure(
      try Command.translate.run(
        ["--model", languages.folder("model"), "--prefix-source", "<2es>"], text: "one\n"), .translate,
      saying: words)
    let object = try Command.translate.run(
      ["--model", languages.folder("model"), "--input-format", "json"],
      text: #"{"text":"one","tag":"<2de>"}"# + "\n" + #"{"text":"two","tag":"<2es>"}"# + "\n")
    #expect(object.status == 1 && object.lines.count == 1)
    for word in ["line 2"] + words { #expect(object.errors.contains(word), "\(object.errors)") }
    let folder = try TemporaryFolder()
    var arguments = languages.arguments(model: folder("model"), updates: 1)
    arguments[arguments.firstIndex(of: "<2fr>")!] = "<2es>"
    expectFailure(try Command.trainTranslation.run(arguments), .trainTranslation, saying: words)
    let fixture = try Fixture.shared()
    expectFailure(
      try Command.translate.run(["--model", fixture.model, "--prefix-source", "<2de>"], text: "one\n"),
      .translate, saying: ["no tags", "build-vocab --tag '<2de>'"])
  }

  @Test(arguments: ["2de", "<2 de>", "<unk>", ""])
  func whatIsNoTagIsNotBuilt(tag: String) throws {
    let arguments = CommandLineTests.arguments(.buildVocab) + ["--tag", tag]
    expectFailure(
      try Command.buildVocab.run(arguments), .buildVocab, status: 64, saying: ["'--tag \(tag)' is not a tag"])
  }

  @Test func buildVocabTellsItsTags() throws {
    let folder = try TemporaryFolder()
    try "<2de> one TWO\n".write(toFile: folder("en"), atomically: false, encoding: .utf8)
    try "eins zwei\n".write(toFile: folder("de"), atomically: false, encoding: .utf8)
    let arguments = [
      "--source", folder("en"), "--target", folder("de"), "--output", folder("vocab"), "--lowercase",
    ]
    let outcome = try Command.buildVocab.run(arguments + ["--tag", "<2de>", "--separate"])
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("<2de>"), "\(outcome.errors)")
    let (source, target) = (
      try String(contentsOfFile: folder("vocab/vocab.source.txt"), encoding: .utf8),
      try String(contentsOfFile: folder("vocab/vocab.target.txt"), encoding: .utf8)
    )
    #expect(source.split(separator: "\n")[4] == "<2de>" && !source.contains("2@@"))
    #expect(!target.contains("<2de>"))
    expectFailure(
      try Command.buildVocab.run(arguments + ["--tag", "<2de>", "--tag", "<2de>"]), .buildVocab, status: 64,
      saying: ["twice"])
    expectFailure(
      try Command.buildVocab.run(["--apply-codes", "codes", "--tag", "<2de>"]), .buildVocab, status: 64,
      saying: ["--tag", "--apply-codes"])
  }
}

import Foundation
import TestSupport
import Testing

@Suite struct ConvertCorpusTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ text: String, _ name: String) throws -> String {
    try text.write(toFile: folder(name), atomically: true, encoding: .utf8)
    return folder(name)
  }

  private func contents(_ name: String) throws -> String {
    try String(contentsOfFile: folder(name), encoding: .utf8)
  }

  private static let catalog = """
    msgid ""
    msgstr "Language: de\\n"

    msgid "Open"
    msgstr "Öffnen"

    #, fuzzy
    msgid "Two\\nlines"
    msgstr "Zwei\\nZeilen"

    msgid "Missing"
    msgstr ""

    """

  @Test func aCatalogBecomesTwoAlignedFiles() throws {
    let path = try file(Self.catalog, "app.po")
    let outcome = try Command.convertCorpus.run([
      "--input", path, "--include", "translated,fuzzy", "--output-source", folder("a"), "--output-target",
      folder("b"),
    ])
    try expectSuccess(outcome)
    #expect(try contents("a") == "Open\nTwo lines\n" && contents("b") == "Öffnen\nZwei Zeilen\n")
    #expect(
      outcome.errors.contains("2 pairs of 2 units") && outcome.errors.contains("1 untranslated"),
      "\(outcome.errors)")
  }

  @Test func standardInputBecomesATable() throws {
    let outcome = try Command.convertCorpus.run(["--input", "-"], text: Self.catalog)
    try expectSuccess(outcome)
    #expect(outcome.lines == ["Open\tÖffnen"])
  }

  /// From a catalog to a memory and back, with gzip on the way.
  @Test func memoriesAreWrittenAndRead() throws {
    let path = try file(Self.catalog, "app.po")
    try expectSuccess(
      Command.convertCorpus.run([
        "-i", path, "--source-language", "en", "--output", folder("m.tmx.gz"), "--include",
        "fuzzy,translated",
      ]))
    let outcome = try Command.convertCorpus.run(["-i", folder("m.tmx.gz"), "--target-language", "en"])
    // From the target to the source language.
    try expectSuccess(Command.convertCorpus.run(["-i", folder("m.tmx.gz"), "--source-language", "de"]))
    #expect(outcome.status != 0 && outcome.errors.contains("de, en"), "\(outcome.errors)")
  }

  @Test func filesOfOneLanguageNeedAnother() throws {
    let path = try file("\"a\" = \"b\";\n", "a.strings")
    let outcome = try Command.convertCorpus.run(["--input", path])
    #expect(outcome.status != 0 && outcome.errors.contains("--target-input"), "\(outcome.errors)")
    let other = try file("\"a\" = \"c\";\n", "b.strings")
    #expect(try Command.convertCorpus.run(["--input", path, "--target-input", other]).lines == ["b\tc"])
  }

  @Test(arguments: [
    (["--output-source", "x"], "--output-target"),
    (["--output", "x", "--output-source", "y", "--output-target", "z"], "not both"),
    (["--output", "x.tmx"], "give --source-language"),
    (["--target-language", "fr"], "give the languages of the file"),
    (["--include", "do-not-translate"], "has no pair to write"),
  ])
  func mistakesAreExplained(options: [String], words: String) throws {
    let path = try file(Self.catalog, "app.po")
    let options = options.map { $0.hasPrefix("-") || $0.count > 5 || $0 == "fr" ? $0 : folder($0) }
    let outcome = try Command.convertCorpus.run(["--input", path] + options)
    #expect(outcome.status != 0 && outcome.errors.contains(words), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder("x")))
  }
}

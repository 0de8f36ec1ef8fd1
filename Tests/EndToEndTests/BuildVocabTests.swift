import Foundation
import TestSupport
import Testing

@Suite struct BuildVocabTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func build(_ source: String, _ target: String, _ options: [String] = []) throws -> Command.Outcome {
    try source.write(toFile: folder("a.en"), atomically: false, encoding: .utf8)
    try target.write(toFile: folder("a.de"), atomically: false, encoding: .utf8)
    return try Command.buildVocab.run(
      ["--source", folder("a.en"), "--target", folder("a.de"), "--output", folder("vocab")] + options)
  }

  @Test func emptyTextIsAnErrorThatLeavesNothing() throws {
    expectFailure(try build("", ""), .buildVocab, saying: [folder("a.en")])
    expectFailure(try build("\n\n", "\n\n"), .buildVocab, saying: [folder("a.en")])
    expectFailure(try build("a b\n", "", ["--separate"]), .buildVocab, saying: [folder("a.de")])
    #expect(folder.names == ["a.de", "a.en"])
  }

  @Test func differentLineCountsAreAWarning() throws {
    let outcome = try build("a house\na house\n", "ein Haus\n")
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("warning: the source has 2 lines, the target 1"), "\(outcome.errors)")
  }

  @Test func invalidUTF8IsAWarningWithItsPlace() throws {
    try Data(Array("a house\na ".utf8) + [0xff, 10]).write(to: URL(fileURLWithPath: folder("bad.en")))
    let outcome = try build("a house\n", "ein Haus\n", ["--source", folder("bad.en")])
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("\(folder("bad.en")):2"), "\(outcome.errors)")
    #expect(
      try String(contentsOfFile: folder("vocab/vocab.txt"), encoding: .utf8).hasPrefix(
        "<pad>\n<s>\n</s>\n<unk>\n"))
  }

  @Test func folderWithOtherFilesIsNotTouched() throws {
    try FileManager.default.createDirectory(atPath: folder("vocab"), withIntermediateDirectories: false)
    try "mine".write(toFile: folder("vocab/notes"), atomically: false, encoding: .utf8)
    expectFailure(try build("a\n", "b\n"), .buildVocab, saying: [folder("vocab")])
    #expect(folder.names == ["a.de", "a.en", "vocab", "vocab/notes"])
  }

  @Test func damagedFileLeavesTheOldVocabulary() throws {
    try expectSuccess(build("a house\n", "ein Haus\n"))
    let before = try Data(contentsOf: URL(fileURLWithPath: folder("vocab/vocab.txt")))
    try Data([0x1f, 0x8b, 8, 0, 0, 0]).write(to: URL(fileURLWithPath: folder("bad.gz")))
    expectFailure(
      try build("xyz\n", "xyz\n", ["--target", folder("bad.gz")]), .buildVocab,
      saying: [folder("bad.gz"), "damaged"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder("vocab/vocab.txt"))) == before)
    #expect(!folder.names.contains { $0.contains("tmp") || $0.hasPrefix(".") })
  }

  @Test func folderInPlaceOfTextIsNamed() throws {
    expectFailure(
      try build("a\n", "b\n", ["--source", folder.path]), .buildVocab, saying: [folder.path])
  }

  @Test func typedLineIsSegmentedAtOnce() throws {
    try expectSuccess(build("low low lower\n", "low low\n", ["--merges", "4", "--tokenizer", "whitespace"]))
    let process = try RunningCommand(.buildVocab, ["--apply-codes", folder("vocab/bpe.codes")])
    for count in 1...3 {
      process.write(Array("low\n".utf8))
      #expect(
        process.waitForOutput { $0.filter { $0 == "\n" }.count == count }, "line \(count) has no answer")
    }
    process.closeInput()
    let outcome = process.wait()
    try expectSuccess(outcome)
    #expect(outcome.lines == ["low", "low", "low"])
  }

  @Test(arguments: [["--source", "a"], ["--merges", "5"], ["--separate"], ["--threads", "77"]])
  func nothingElseGoesWithCodes(options: [String]) throws {
    let outcome = try Command.buildVocab.run(["--apply-codes", "codes"] + options)
    expectFailure(outcome, .buildVocab, status: 64, saying: [options[0], "--apply-codes"])
  }

  @Test(arguments: ["english", "zz", "en;x", "eng-lish-of-sorts"])
  func whatIsNoLanguageIsAUsageError(code: String) throws {
    let outcome = try build("a house\n", "ein Haus\n", ["--target-language", code])
    expectFailure(outcome, .buildVocab, status: 64, saying: ["'--target-language'", "'\(code)'"])
    #expect(!folder.names.contains("vocab"))
  }

  @Test func canonicalCodeOfTheLanguageIsWritten() throws {
    let languages = ["--source-language", "fre", "--target-language", "jpn_Jpan"]
    try expectSuccess(build("l'homme l'eau\n", "人\n", languages))
    let settings = try String(contentsOfFile: folder("vocab/pipeline.json"), encoding: .utf8)
    #expect(
      settings.contains(#""source_language" : "fr""#) && settings.contains(#""target_language" : "ja-Jpan""#))
    let words = try Command.buildVocab.run(["--print-source-words", folder("vocab")], text: "l'homme\n")
    #expect(words.lines == ["l'￭ homme"])
  }

  @Test(arguments: ["quy", "nod"]) func languageWithoutRulesIsAWarning(code: String) throws {
    let outcome = try build("a house\n", "ein Haus\n", ["--source-language", code])
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("warning: the source language '\(code)'"), "\(outcome.errors)")
  }

  /// Each in a process of its own, since ICU remembers what it has met.
  @Test(arguments: ["ーはい、そうです。", "「ーはい」", "ｰﾊﾟﾝ", "〜ージョン"])
  func firstLineHasTheWordsOfALaterOne(line: String) throws {
    try expectSuccess(build("日本語\n", "a house\n", ["--source-language", "ja", "--merges", "0"]))
    let words = try Command.buildVocab.run(
      ["--print-source-words", folder("vocab")], text: "\(line)\n日本語のテキスト\n\(line)\n")
    try #require(words.lines.count == 3)
    #expect(words.lines[0] == words.lines[2])
  }

  @Test func textThatIsTooLongIsCounted() throws {
    let dump = String(repeating: "0a", count: 5_000)
    let limits = ["--max-word-length", "100", "--max-line-length", "20000"]
    let text = "a house\na \(dump) house\n\(dump)\(dump)\(dump)\n"
    let outcome = try build(text, "ein Haus\nein Haus\nein Haus\n", limits)
    try expectSuccess(outcome)
    #expect(
      outcome.errors.contains("too long    source 1 words, 1 lines, target 0 words, 0 lines"),
      "\(outcome.errors)")
    let tokens = try String(contentsOfFile: folder("vocab/vocab.txt"), encoding: .utf8)
    #expect(!tokens.contains("0"))
    #expect(try !build(text, "ein Haus\nein Haus\nein Haus\n").errors.contains("too long"))
  }

  @Test func textInUTF16IsNamed() throws {
    let units = "A house.\n".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    try Data(units).write(to: URL(fileURLWithPath: folder("wide.en")))
    expectFailure(
      try build("a\n", "b\n", ["--source", folder("wide.en")]), .buildVocab,
      saying: [folder("wide.en"), "UTF-16LE", "iconv"])
  }

  @Test(arguments: Command.allCases) func nameThatIsNotUTF8IsRefused(command: Command) throws {
    let outcome = try command.shell(
      #"printf x >"$1/"$'caf\xe9.txt'; "$COMMAND" --config "$1/"$'caf\xe9.txt'"#, [folder.path])
    expectFailure(outcome, command, status: 64, saying: [#"caf\xE9.txt' is not UTF-8"#])
  }

  @Test func progressIsNoLitterWithoutATerminal() throws {
    let outcome = try build("a house\na house\n", "ein Haus\nein Haus\n", ["--merges", "5"])
    try expectSuccess(outcome)
    #expect(outcome.outputBytes.isEmpty)
    #expect(outcome.errors.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 32 })
  }
}

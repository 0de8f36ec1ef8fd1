import Foundation
import TestSupport
import Testing

@Suite struct CheckDataTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes a text of sentences that are all different, between which there are others.
  private func write(_ pairs: [(String, String)], count: Int = 300, _ name: String = "train") throws {
    let (men, things) = (
      ["Anna", "Ben", "Carl", "Dora", "Emil"], ["house", "garden", "street", "river", "forest"]
    )
    let german = ["Haus", "Garten", "Straße", "Fluss", "Wald"]
    var (source, target) = ("", "")
    for index in 0..<count {
      let number = ["one", "two", "three", "four"][index / 25 % 4]
      let (man, thing) = (men[index % 5], index / 5 % 5)
      let day = index / 100
      source += "\(man) sees the \(things[thing]) number \(number) on the old day \(day).\n"
      target +=
        "\(man) sieht \(german[thing]) Nummer \(["eins", "zwei", "drei", "vier"][index / 25 % 4]) am alten Tag \(day).\n"
      if index % 10 == 9, index / 10 < pairs.count {
        source += pairs[index / 10].0 + "\n"
        target += pairs[index / 10].1 + "\n"
      }
    }
    try source.write(toFile: folder("\(name).en"), atomically: true, encoding: .utf8)
    try target.write(toFile: folder("\(name).de"), atomically: true, encoding: .utf8)
  }

  private var files: [String] { ["--source", folder("train.en"), "--target", folder("train.de")] }

  @Test func aCleanTextHasNoFindings() throws {
    try write([])
    let outcome = try Command.checkData.run(files)
    try expectSuccess(outcome)
    #expect(outcome.output.contains("nothing found") && outcome.output.contains("en to de"))
  }

  @Test func findingsHavePlacesAndAdvice() throws {
    try write([("The bridge is new.", "Die BrÃ¼cke ist neu."), ("The bridge is wide.", "")])
    let outcome = try Command.checkData.run(files)
    #expect(outcome.status == 1 && outcome.errors.isEmpty, "\(outcome.errors)")
    for words in ["mojibake", "train.de:11", "Br[[Ã¼]]cke", "empty-target", "train.de:22", "Drop them"] {
      #expect(outcome.output.contains(words), "no '\(words)' in \(outcome.output)")
    }
    #expect(outcome.lines.allSatisfy { $0.hasPrefix("  /") || $0.contains(folder.path) || $0.count <= 80 })
  }

  @Test(arguments: [
    ("error", "0"), ("warning", "1"), ("note", "1"), ("never", "0"),
  ])
  func theLevelDecidesTheExitCode(level: String, code: String) throws {
    try write([("The bridge is new.", "Die BrÃ¼cke ist neu.")])
    let outcome = try Command.checkData.run(files + ["--fail-on", level])
    #expect(outcome.status == (code == "0" ? 0 : 1))
  }

  @Test func testSentencesInTheTrainingTextAreErrors() throws {
    try write([])
    try write([], count: 2, "test")
    let outcome = try Command.checkData.run(
      files + ["--test-source", folder("test.en"), "--test-target", folder("test.de"), "--fail-on", "error"])
    #expect(outcome.status == 1 && outcome.output.contains("held-out-in-training"))
  }

  @Test func scriptsGetJSONWithAllLines() throws {
    try write([("One <b>word</b>.", "Ein Wort."), ("Two <i>words</i>.", "Zwei Worte.")])
    let outcome = try Command.checkData.run(
      files + ["--json", "-", "--all-lines", "--examples", "1", "--only", "markup,empty-source"])
    #expect(outcome.status == 1)
    let tree = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.outputBytes)) as? [String: Any])
    #expect(tree["worst"] as? String == "warning" && tree["pairs"] as? Int == 302)
    let part = try #require((tree["files"] as? [[String: Any]])?.first)
    let finding = try #require((part["findings"] as? [[String: Any]])?.first)
    #expect(finding["kind"] as? String == "markup" && finding["count"] as? Int == 2)
    #expect(finding["lines"] as? [Int] == [11, 22] && (finding["examples"] as? [Any])?.count == 1)
    // In a file, as well as text.
    let both = try Command.checkData.run(files + ["--json", folder("found.json"), "--only", "markup"])
    #expect(both.output.contains("markup") && FileManager.default.fileExists(atPath: folder("found.json")))
  }

  @Test func theCleanedTextHasNoFindings() throws {
    try write([
      ("One <b>word</b>.", "Ein Wort."), ("The bridge is new.", "Die BrÃ¼cke ist neu."), ("", "Leer."),
      ("He is 25 today.", "Er ist heute 52."),
    ])
    let outcome = try Command.checkData.run(files + ["--write-clean", folder("clean"), "--fail-on", "never"])
    try expectSuccess(outcome)
    #expect(
      outcome.errors.contains("301 pairs, 1 of them repaired") && outcome.errors.contains("3 dropped"),
      "\(outcome.errors)")
    let again = try Command.checkData.run(
      ["--source", folder("clean/clean.en"), "--target", folder("clean/clean.de"), "--fail-on", "note"])
    try expectSuccess(again)
    let log = try String(contentsOfFile: folder("clean/dropped.tsv"), encoding: .utf8)
    #expect(
      log.split(separator: "\n").map { $0.split(separator: "\t")[2] } == [
        "markup", "empty-source", "numbers-differ",
      ])
    #expect(folder.names.filter { $0.hasPrefix("clean/") }.count == 3)
  }

  @Test func gzipIsRead() throws {
    try write([("The bridge is wide.", "")])
    let packed = try Command.checkData.shell(
      #"gzip "$1" && "$COMMAND" --source "$1.gz" --target "$2""#, [folder("train.en"), folder("train.de")])
    #expect(packed.status == 1 && packed.output.contains("train.en.gz"))
  }

  @Test func unreadableFilesHaveTheirOwnCode() throws {
    try write([])
    expectFailure(
      try Command.checkData.run(["--source", folder("train.en"), "--target", folder("none")]), .checkData,
      status: 2, saying: [folder("none"), "no such file"])
    expectFailure(
      try Command.checkData.run(files + ["--write-clean", folder("train.en")]), .checkData, status: 2,
      saying: ["train.en"])
    expectFailure(
      try Command.checkData.run(files + ["--source-language", "germann"]), .checkData, status: 2,
      saying: ["germann"])
  }

  @Test(arguments: [
    (["--only", "mojibake", "--except", "mojibake"], "nothing to look for"),
    (["--valid-source", "v"], "--valid-target"), (["--all-lines"], "--json"),
    (["--quick", "--thorough"], "--quick"),
    (["--max-length", "9"], "--vocab"), (["--only", "mojibakes"], "mojibakes"),
    (["--test-source", "-", "--test-target", "t"], "twice"),
  ])
  func optionsThatContradictAreRefused(extra: [String], words: String) throws {
    expectFailure(
      try Command.checkData.run(["--source", "a", "--target", "b"] + extra), .checkData, status: 64,
      saying: [words])
  }

  @Test func kindsAreExplained() throws {
    let outcome = try Command.checkData.run(["--kinds"])
    try expectSuccess(outcome)
    #expect(outcome.lines.count { !$0.hasPrefix(" ") } > 40)
    #expect(outcome.output.contains("mojibake (warning, repaired)"))
  }
}

import Foundation
import TestSupport
import Testing

@Suite struct EvaluateTranslationTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func evaluate(
    _ hypothesis: [UInt8], _ options: [String] = [], reference: String = "Das ist ein Haus.\nJa.\n"
  )
    throws -> Command.Outcome
  {
    try reference.write(toFile: folder("reference"), atomically: false, encoding: .utf8)
    return try Command.evaluateTranslation.run(
      ["--reference", folder("reference")] + options, input: hypothesis)
  }

  @Test func equalTextsScoreTheMost() throws {
    let outcome = try evaluate(Array("Das ist ein Haus.\r\nJa.".utf8))
    try expectSuccess(outcome)
    #expect(outcome.output.contains("100.0"), "\(outcome.output)")
    #expect(outcome.errors.isEmpty)
  }

  @Test func differentLineCountsAreNamed() throws {
    let outcome = try evaluate(Array("Das ist ein Haus.\n".utf8))
    expectFailure(
      outcome, .evaluateTranslation, saying: ["standard input", "1 line", folder("reference"), "2"])
    #expect(outcome.outputBytes.isEmpty)
  }

  @Test func emptyTextIsAnError() throws {
    expectFailure(
      try evaluate([], reference: ""), .evaluateTranslation, saying: [folder("reference"), "empty"])
    expectFailure(try evaluate([]), .evaluateTranslation, saying: ["standard input"])
  }

  @Test func invalidUTF8IsAWarning() throws {
    let outcome = try evaluate([0xff, 0x20, 0xe4, 10] + Array("Ja.\n".utf8))
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("1 of 2 lines are not valid UTF-8"), "\(outcome.errors)")
  }

  @Test func folderInPlaceOfTextIsNamed() throws {
    expectFailure(
      try evaluate([], ["--hypothesis", folder.path]), .evaluateTranslation, saying: [folder.path, "folder"])
  }

  @Test func severalSystemsAreCompared() throws {
    let path = folder("other")
    try "Das war ein Haus.\nJa.\n".write(toFile: path, atomically: false, encoding: .utf8)
    let outcome = try evaluate(
      [], ["--hypothesis", path, "--hypothesis", folder("reference"), "--trials", "20", "--json"])
    try expectSuccess(outcome)
    _ = try JSONSerialization.jsonObject(with: Data(outcome.outputBytes))
  }

  @Test func scoresAloneHaveTheWantedDecimals() throws {
    let hypothesis = Array("Das ist kein Haus.\nJa.\n".utf8)
    let one = try evaluate(hypothesis, ["--metrics", "bleu,ter", "--score-only", "--width", "1"])
    try expectSuccess(one)
    #expect(
      one.lines.count == 2 && one.lines.allSatisfy { $0.wholeMatch(of: /\d+\.\d/) != nil }, "\(one.output)")
    #expect(one.lines[1] == "20.0")
    let path = folder("other")
    try "Das war ein Haus.\nJa.\n".write(toFile: path, atomically: false, encoding: .utf8)
    let two = try evaluate(
      [],
      [
        "--hypothesis", path, "--hypothesis", folder("reference"), "--score-only", "--metrics", "ter,chrf",
        "--width", "0",
      ])
    #expect(two.lines.count == 2 && two.lines[1] == "0\t100", "\(two.output)")
    let segments = try evaluate(hypothesis, ["--metrics", "ter", "--score-only", "--sentence-level"])
    #expect(segments.lines == ["25.00", "0.00"])
  }

  @Test func reportsAreWritten() throws {
    let page = folder("report.html")
    let (source, text) = (folder("source"), folder("train"))
    try "This is <b>.\nYes.\n".write(toFile: source, atomically: false, encoding: .utf8)
    try "Ja.\nJa.\n".write(toFile: text, atomically: false, encoding: .utf8)
    let given = Array("Das ist kein Haus.\nJa.\n".utf8)
    try expectSuccess(
      try evaluate(
        given, ["--report", page, "--source-text", source, "--train-text", text, "--train-text", text]))
    let html = try String(contentsOfFile: page, encoding: .utf8)
    #expect(html.hasPrefix("<!DOCTYPE html>") && html.hasSuffix("</html>"))
    #expect(html.contains("This is &lt;b&gt;.") && html.contains("<ins>kein</ins>"))
    #expect(html.contains("The training text has 8 words."))
  }

  @Test func reportsThatCannotBeMadeAreRefused() throws {
    let given = Array("Ja.\nJa.\n".utf8)
    expectFailure(
      try evaluate(given, ["--report", folder("missing/report.html")]), .evaluateTranslation,
      saying: ["missing"])
    expectFailure(
      try evaluate(given, ["--report", folder("page.html"), "--source-text", folder("nothing")]),
      .evaluateTranslation,
      saying: [folder("nothing")])
    try "One line.\n".write(toFile: folder("short"), atomically: false, encoding: .utf8)
    expectFailure(
      try evaluate(given, ["--report", folder("page.html"), "--source-text", folder("short")]),
      .evaluateTranslation,
      saying: [folder("short"), "1 line", "2"])
    #expect(!FileManager.default.fileExists(atPath: folder("page.html")))
  }

  @Test func tablesCanBeLaTeX() throws {
    let path = folder("new_system")
    try "Das war ein Haus.\nJa.\n".write(toFile: path, atomically: false, encoding: .utf8)
    let outcome = try evaluate(
      [],
      [
        "--hypothesis", folder("reference"), "--hypothesis", path, "--format", "latex", "--metrics",
        "bleu,ter",
        "--significance", "randomization",
      ])
    try expectSuccess(outcome)
    #expect(outcome.lines.first == #"\begin{tabular}{lrr}"#)
    #expect(outcome.lines.contains(#"System & BLEU & TER \\"#))
    #expect(
      outcome.lines.contains { $0.contains(#"new\_system & "#) && $0.contains("(p = ") }, "\(outcome.output)")
    #expect(outcome.lines.suffix(2).allSatisfy { $0.hasPrefix("% ") && $0.contains("p:two-sided") })
  }

  @Test(arguments: [
    (["--metrics", "chrf", "--tokenize", "none"], "'--tokenize'"),
    (["--metrics", "ter", "--lowercase"], "'--lowercase'"),
    (["--metrics", "bleu,ter", "--chrf-beta", "3"], "'--chrf-beta'"),
    (["--metrics", "bleu,chrf", "--ter-no-punct"], "'--ter-no-punct'"),
    (["--metrics", "chrf++", "--chrf-word-order", "3"], "'--chrf-word-order'"),
    (["--ter-asian-support"], "'--ter-normalized'"), (["--significance", "bootstrap"], "'--significance'"),
    (["--p-value", "sacrebleu"], "'--p-value'"), (["--trials", "10"], "'--trials'"),
    (["--seed", "3"], "'--seed'"), (["--json", "--width", "3"], "'--width'"),
    (["--json", "--format", "text"], "'--format"), (["--score-only", "--json"], "'--score-only'"),
    (["--score-only", "--confidence"], "'--confidence'"), (["--skip-empty-references"], "several"),
    (["--smooth-value", "1"], "'--smooth-value'"), (["--document-level"], "'--documents'"),
    (["--tokenizer-model", "x"], "'--tokenizer-model'"), (["--paired-bs"], "'--paired-bs'"),
    (["--paired-ar", "--significance", "none"], "'--significance'"),
    (["--score-only", "--documents", "x"], "'--documents'"), (["--short", "--json"], "'--short'"),
  ])
  func optionsThatNothingUsesAreRefused(options: [String], name: String) throws {
    expectFailure(
      try evaluate(Array("Das.\nJa.\n".utf8), options), .evaluateTranslation, status: 64, saying: [name])
  }

  @Test func optionsOfMetricsReachThem() throws {
    let hypothesis = Array("das ist kein Haus !\nJa.\n".utf8)
    let variants = [
      [], ["--chrf-beta", "1"], ["--chrf-char-order", "2"], ["--chrf-word-order", "1"], ["--chrf-whitespace"],
      ["--chrf-lowercase"], ["--chrf-eps-smoothing"], ["--ter-normalized"], ["--ter-no-punct"],
      ["--ter-case-sensitive"],
    ]
    let outputs = try variants.map { try evaluate(hypothesis, ["--metrics", "chrf,ter"] + $0).output }
    #expect(Set(outputs).count == variants.count, "\(outputs)")
  }

  @Test func suspiciousTextGetsAHint() throws {
    let outcome = try evaluate(
      Array("我们明天早上八点出发。\n船停在码头旁边\n".utf8), reference: "我们明早八点出发。\n船停靠在码头边\n")
    try expectSuccess(outcome)
    #expect(outcome.errors.contains("hint:") && outcome.errors.contains("--tokenize zh"), "\(outcome.errors)")
    let tokenized = try evaluate(Array("Das ist ein Haus .\nJa .\n".utf8))
    #expect(tokenized.errors.contains("looks tokenized"), "\(tokenized.errors)")
    let subwords = try evaluate(Array("Das ist ein Ha@@ us.\nJa.\n".utf8))
    #expect(subwords.errors.contains("'@@'"), "\(subwords.errors)")
  }

  /// "für" and "Köln" with combining marks on one side.
  @Test func normalFormsAreCompared() throws {
    let (composed, decomposed) = ("für Köln\nJa.\n", "fu\u{308}r Ko\u{308}ln\nJa.\n")
    let options = ["--metrics", "chrf", "--score-only"]
    let mixed = try evaluate(Array(decomposed.utf8), options, reference: composed)
    try expectSuccess(mixed)
    #expect(mixed.output == "100.00\n")
    #expect(mixed.errors.contains("1 segment has words"), "\(mixed.errors)")
    let signed = try evaluate(Array(decomposed.utf8), ["--metrics", "chrf"], reference: composed)
    #expect(signed.output.contains("|unicode:nfc|"), "\(signed.output)")
    let raw = try evaluate(
      Array(decomposed.utf8), options + ["--normalization", "none"], reference: composed)
    #expect(raw.output != "100.00\n" && raw.errors.contains("--normalization nfc"), "\(raw.errors)")
    for text in [composed, decomposed] {
      let same = try evaluate(Array(text.utf8), ["--metrics", "chrf"], reference: text)
      #expect(same.errors.isEmpty && !same.output.contains("unicode"), "\(same.output)")
    }
  }

  @Test func emptyLinesCanMeanNoReference() throws {
    let path = folder("second")
    try "\nJawohl.\n".write(toFile: path, atomically: false, encoding: .utf8)
    let options = ["--reference", path, "--metrics", "ter"]
    let counted = try evaluate(Array("Das ist ein Haus.\nJa.\n".utf8), options)
    let skipped = try evaluate(Array("Das ist ein Haus.\nJa.\n".utf8), options + ["--skip-empty-references"])
    try expectSuccess(skipped)
    #expect(counted.output.contains("nrefs:2|") && skipped.output.contains("nrefs:var|"), "\(skipped.output)")
  }
}

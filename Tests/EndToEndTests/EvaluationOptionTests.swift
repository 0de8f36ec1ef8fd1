import Foundation
import TestSupport
import Testing

/// Several references and systems in a file, documents, tokenizers with models, tables.
@Suite struct EvaluationOptionTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try write("reference", "Das ist ein Haus.\nJa.\nDer Zug hält hier.\nNein.\n")
    try write("old", "Das war ein Haus.\nJa.\nDer Zug hält.\nJa.\n")
    try write("new", "Das ist ein Haus.\nJa.\nDer Zug hält dort.\nNein.\n")
  }

  private func write(_ name: String, _ text: String) throws {
    try text.write(toFile: folder(name), atomically: false, encoding: .utf8)
  }

  /// Scores the files `old` and `new`, or others.
  private func evaluate(_ options: [String], files: [String] = ["old", "new"]) throws -> Command.Outcome {
    try Command.evaluateTranslation.run(
      ["--reference", folder("reference")] + files.flatMap { ["--hypothesis", folder($0)] } + options)
  }

  @Test func whiteSpaceAtTheEndsOfLinesDoesNotCount() throws {
    try write("spaced", "Das war ein Haus.  \nJa.\t\nDer Zug hält.\u{3000}\nJa.\u{a0}\n")
    let options = ["--metrics", "chrf,bleu,ter", "--chrf-whitespace"]
    let outputs = try ["old", "spaced"].map { try evaluate(options, files: [$0]).output }
    #expect(outputs[0] == outputs[1])
    #expect(outputs[0].contains("space:yes"))
  }

  @Test func columnsAreReferencesOrSystems() throws {
    try write("second", "Es ist ein Haus.\nJawohl.\nHier hält der Zug.\nNee.\n")
    let options = ["--metrics", "bleu,ter"]
    let files = try evaluate(options + ["--reference", folder("second")], files: ["new"])
    try write(
      "both",
      "Das ist ein Haus.\tEs ist ein Haus.\nJa.\tJawohl.\nDer Zug hält hier.\tHier hält der Zug.\nNein.\tNee.\n"
    )
    let columns = try Command.evaluateTranslation.run(
      options + ["--reference", folder("both"), "--num-refs", "2", "--hypothesis", folder("new")])
    try expectSuccess(columns)
    #expect(columns.output == files.output && files.output.contains("nrefs:2"), "\(columns.output)")

    let scores = try Command.evaluateTranslation.run(
      ["--reference", folder("reference"), "--hypothesis", folder("both"), "--num-hypotheses", "2", "-b"])
    #expect(scores.lines.count == 2 && scores.lines[0] == "100.00\t100.00\t0.00", "\(scores.output)")
    expectFailure(
      try Command.evaluateTranslation.run(
        ["--reference", folder("both"), "--num-refs", "3", "--hypothesis", folder("new")]),
      .evaluateTranslation, saying: [folder("both"), "line 1", "2 texts", "3"])
  }

  @Test func documentsHaveScores() throws {
    try write("documents", "a\na\nb_1\na\n")
    let one = try evaluate(["--documents", folder("documents"), "--metrics", "ter,chrf"], files: ["new"])
    try expectSuccess(one)
    #expect(
      one.lines.contains { $0.wholeMatch(of: /Document +Segments +TER +chrF2/) != nil }, "\(one.output)")
    #expect(one.lines.contains { $0.wholeMatch(of: /a +3 +0\.00 +100\.00/) != nil }, "\(one.output)")
    #expect(one.lines.contains { $0.wholeMatch(of: /b_1 +1 +25\.00 .*/) != nil }, "\(one.output)")
    let two = try evaluate(["--documents", folder("documents"), "--metrics", "ter", "--format", "markdown"])
    try expectSuccess(two)
    #expect(two.lines.contains { $0.contains(#"| b\_1 | 1 |"#) && $0.contains("**25.00**") }, "\(two.output)")
    let json = try evaluate(["--documents", folder("documents"), "--metrics", "ter", "--json"])
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(json.outputBytes)) as? [[String: Any]])
    let documents = try #require(rows[1]["documents"] as? [[String: Any]])
    #expect(documents.count == 2 && documents[1]["document"] as? String == "b_1")
    #expect(rows.map { $0["best"] as? Bool } == [false, true])
  }

  @Test func documentsCanBeSegments() throws {
    try write("documents", "a\na\nb\nb\n")
    try write("joinedReference", "Das ist ein Haus. Ja.\nDer Zug hält hier. Nein.\n")
    try write("joined", "Das war ein Haus. Ja.\nDer Zug hält. Ja.\n")
    let level = ["--documents", folder("documents"), "--document-level"]
    let outcome = try evaluate(level + ["-b"], files: ["old"])
    try expectSuccess(outcome)
    let joined = try Command.evaluateTranslation.run(
      ["--reference", folder("joinedReference"), "--hypothesis", folder("joined"), "-b"])
    #expect(outcome.output == joined.output)
    #expect(try evaluate(level, files: ["old"]).output.contains("|level:document|"))
    let sentences = try evaluate(level + ["--sentence-level", "--metrics", "ter"], files: ["old"])
    #expect(sentences.lines.count == 3 && sentences.lines[1].hasPrefix("1\ta\t"), "\(sentences.output)")
  }

  @Test func documentsThatDoNotFitAreNamed() throws {
    try write("documents", "a\na\n")
    expectFailure(
      try evaluate(["--documents", folder("documents")]), .evaluateTranslation,
      saying: [folder("documents"), "2 lines", "4"])
    try write("documents", "a\na\n \na\n")
    expectFailure(
      try evaluate(["--documents", folder("documents")]), .evaluateTranslation,
      saying: [folder("documents"), "line 3", "name"])
  }

  @Test func tokenizersThatNeedSomethingSayWhat() throws {
    for name in ["ja-mecab", "ko-mecab"] {
      expectFailure(
        try evaluate(["--tokenize", name]), .evaluateTranslation, status: 64,
        saying: ["MeCab", "flores200", "char"])
    }
    expectFailure(
      try evaluate(["--tokenize", "flores200"]), .evaluateTranslation, status: 64,
      saying: ["'--tokenizer-model'"])
    expectFailure(
      try evaluate(["--tokenize", "spm", "--tokenizer-model", folder("reference")]), .evaluateTranslation,
      saying: [folder("reference")])
  }

  @Test func tablesMarkTheBest() throws {
    let markdown = try evaluate(["--format", "markdown", "--metrics", "ter", "--trials", "50"])
    try expectSuccess(markdown)
    #expect(markdown.lines[0] == "| System | TER |" && markdown.lines[1] == "| --- | ---: |")
    #expect(markdown.lines[3].contains("| **") && !markdown.lines[2].contains("**"), "\(markdown.output)")
    let latex = try evaluate(["-f", "latex", "--metrics", "ter", "--trials", "50"])
    #expect(latex.lines.contains { $0.contains(#"\textbf{"#) && $0.contains(#"$\pm$"#) }, "\(latex.output)")
    let text = try evaluate(["--metrics", "ter", "--significance", "none", "--short", "-w", "1"])
    #expect(text.lines[2].hasSuffix("best") && !text.output.contains("p ="), "\(text.output)")
    #expect(text.lines.last == "TER|#:1|c:lc|t:tercom|nr:no|pn:yes|as:no|v:2.6.0")
  }

  @Test func pairedTestsAreThoseOfSacreBLEU() throws {
    for (option, name) in [("--paired-bs", "bs:60"), ("--paired-ar", "ar:60")] {
      let outcome = try evaluate([option, "--trials", "60", "--metrics", "chrf"])
      try expectSuccess(outcome)
      #expect(outcome.output.contains("|\(name)|seed:12345|p:sacrebleu|"), "\(outcome.output)")
    }
  }

  @Test func quietMeansNoHints() throws {
    try write("old", "Das war ein Haus .\nJa .\nDer Zug hält .\nJa .\n")
    #expect(try evaluate([], files: ["old"]).errors.contains("hint:"))
    #expect(try evaluate(["--quiet"], files: ["old"]).errors.isEmpty)
  }
}

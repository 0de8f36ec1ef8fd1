import Foundation
import TestSupport
import Testing

@Suite struct TranslateTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture.shared() }

  func translate(_ options: [String] = [], _ input: [UInt8]) throws -> Command.Outcome {
    try Command.translate.run(["--model", fixture.model] + options, input: input)
  }

  func translate(_ options: [String] = [], text: String) throws -> Command.Outcome {
    try translate(options, Array(text.utf8))
  }

  @Test(arguments: [
    ("", 0), ("\n", 1), ("\n\n\n", 3), ("Anna sees the old house.", 1), ("Anna sees the old house.\n", 1),
    ("\nAnna sees the old house.\n\n", 3), ("   \t \n", 1), ("Anna\n\nThe man\r\n\r\n.\n", 5),
  ])
  func asManyLinesComeOutAsGoIn(text: String, count: Int) throws {
    let outcome = try translate(text: text)
    try expectSuccess(outcome)
    #expect(outcome.lines.count == count)
    // Every line has a line end, so that files can be concatenated.
    #expect(count == 0 || outcome.output.hasSuffix("\n"))
    let blank = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.allSatisfy(\.isWhitespace)
    }
    for (line, isBlank) in zip(outcome.lines, blank) { #expect(line.isEmpty == isBlank, "'\(line)'") }
    #expect(!outcome.output.contains("\r"))
  }

  @Test func lineEndsOfWindowsChangeNothing() throws {
    let source = try fixture.sentences().prefix(5)
    let unix = try translate(text: source.map { $0 + "\n" }.joined())
    let windows = try translate(text: source.map { $0 + "\r\n" }.joined())
    #expect(unix.output == windows.output)
  }

  @Test func invalidUTF8IsReplacedAndReported() throws {
    let bad: [UInt8] = Array("Anna sees ".utf8) + [0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80] + Array(".\n".utf8)
    let outcome = try translate([], Array("The man\n".utf8) + bad + [0xfe, 10, 0])
    try expectSuccess(outcome)
    #expect(outcome.lines.count == 4)
    #expect(String(validating: outcome.outputBytes, as: UTF8.self) != nil)
    #expect(outcome.errors.contains("line 2 ") && outcome.errors.contains("line 3 "), "\(outcome.errors)")
    #expect(!outcome.errors.contains("line 1 ") && !outcome.errors.contains("line 4 "))
  }

  @Test func veryLongLineStaysOneLine() throws {
    let sentence = "The woman looks for the green picture. "
    let long = String(repeating: sentence, count: 400)
    let word = String(repeating: "x", count: 20_000)
    let outcome = try translate(["--beam", "1"], text: "Anna\n\(long)\nAnna\n\(word)\nAnna\n")
    try expectSuccess(outcome)
    try #require(outcome.lines.count == 5)
    #expect(outcome.lines[0] == outcome.lines[2] && outcome.lines[2] == outcome.lines[4])
    // Translated in pieces, none longer than the sentences on which the model was trained.
    let objects = try translate(["--beam", "1", "--json"], text: "\(long)\n\(word)\n").lines.map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
    let pieces = objects.map { $0?["pieces"] as? Int ?? 0 }
    // 400 sentences of about 13 subwords; how a word is split depends on the vocabulary.
    #expect(pieces[0] >= 20 && pieces[1] >= 2, "\(pieces)")
  }

  @Test func batchesAndThreadsDoNotShow() throws {
    var source = try fixture.sentences()
    source.insert("", at: 3)
    source.insert(source[0] + " " + source[1], at: 5)
    let text = lines(source + source.reversed())
    let reference = try translate(["--scores"], text: text)
    try expectSuccess(reference)
    #expect(Set(reference.lines).count > 1)
    let variants = [
      ["--batch-size", "1"], ["--batch-size", "7"], ["--threads", "1"],
      ["--threads", "2", "--batch-size", "3"],
      ["--batch-tokens", "1"], ["--batch-tokens", "100"], ["--batch-tokens", "100000", "--threads", "3"],
    ]
    for options in variants {
      #expect(try translate(["--scores"] + options, text: text).output == reference.output, "\(options)")
    }
    let greedy = try translate(["--beam", "1"], text: text)
    for options in [["--batch-size", "1"], ["--threads", "1", "--batch-size", "7"]] {
      #expect(try translate(["--beam", "1"] + options, text: text).output == greedy.output, "\(options)")
    }
  }

  @Test func samplesDependOnTheSeedAlone() throws {
    let text = lines(Array(try fixture.sentences().prefix(10)))
    let options = ["--sample", "--temperature", "1.5", "--top-k", "20", "--top-p", "0.95"]
    let first = try translate(options + ["--seed", "3"], text: text)
    try expectSuccess(first)
    #expect(try translate(options + ["--seed", "3"], text: text).output == first.output)
    #expect(
      try translate(options + ["--seed", "3", "--batch-size", "1", "--threads", "1"], text: text).output
        == first.output)
    #expect(try translate(options + ["--seed", "4"], text: text).output != first.output)
  }

  @Test func bestTranslationsAreNumberedByLine() throws {
    let text = "Anna sees the old house.\n\nThe man\n"
    let outcome = try translate(["--n-best", "3", "--beam", "4"], text: text)
    try expectSuccess(outcome)
    let fields = outcome.lines.map { $0.components(separatedBy: " ||| ") }
    #expect(fields.allSatisfy { $0.count == 3 }, "\(outcome.output)")
    #expect(fields.filter { $0[0] == "0" }.count == 3)
    #expect(fields.filter { $0[0] == "2" }.count == 3)
    #expect(fields.filter { $0 == ["1", "", "0.0000"] }.count == 3)
    for line in ["0", "2"] {
      let scores = fields.filter { $0[0] == line }.compactMap { Double($0[2]) }
      #expect(scores.count == 3 && scores == scores.sorted(by: >))
    }
    let best = try translate(["--beam", "4"], text: text)
    #expect(fields.first { $0[0] == "0" }?[1] == best.lines[0])
  }

  /// Options without an effect would be taken for options with one.
  @Test(arguments: [
    (["--iterations", "9"], "--iterations"), (["--length-beam", "3"], "--length-beam"),
    (["--draft-threshold", "-9"], "--draft-threshold"),
  ])
  func optionsOfOtherDecodersAreRefused(options: [String], name: String) throws {
    expectFailure(
      try translate(options, text: "Anna\n"), .translate, saying: [name, "autoregressive decoder"])
    expectFailure(
      try Command.translate.run(
        ["--model", "\(fixture.model),\(fixture.model)"] + options, text: "Anna\n"),
      .translate, saying: [name])
  }

  @Test func optionsWithoutEffectAreNamed() throws {
    expectFailure(
      try translate(["--seed", "3"], text: "Anna\n"), .translate, status: 64,
      saying: ["'--seed'", "'--sample'"])
    let idle = try translate(["--beam", "1", "--length-penalty", "0"], text: "Anna\n")
    try expectSuccess(idle)
    #expect(idle.errors.contains("--length-penalty has no effect"), "\(idle.errors)")
    let sampled = try translate(["--beam", "3", "--sample"], text: "Anna\n")
    #expect(sampled.errors.contains("--beam has no effect"), "\(sampled.errors)")
    let scored = try translate(["--beam", "1", "--length-penalty", "0", "--scores"], text: "Anna\n")
    #expect(scored.errors.isEmpty)
    expectFailure(
      try Command.translate.run(
        ["--model", "\(fixture.model),\(fixture.model)", "--decoder", "auto"], text: "Anna\n"),
      .translate, saying: ["--decoder auto"])
  }

  @Test func scoresStandBeforeTheTranslation() throws {
    let text = "Anna sees the old house.\nThe man\n"
    let (plain, scored) = (try translate(text: text), try translate(["--scores"], text: text))
    for (line, translation) in zip(scored.lines, plain.lines) {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      #expect(fields.count == 2 && fields[1] == translation)
      #expect(Double(fields[0]).map { $0 <= 0 } == true)
    }
  }

  @Test(arguments: ["1", "2"])
  func linesOfJSONAreObjects(nBest: String) throws {
    let outcome = try translate(["--json", "--n-best", nBest], text: "Anna sees \"the\" house.\n\nThe man\n")
    try expectSuccess(outcome)
    #expect(outcome.lines.count == 3)
    for (index, line) in outcome.lines.enumerated() {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(object?["line"] as? Int == index + 1)
      #expect((object?[nBest == "1" ? "translation" : "translations"]) != nil, "\(line)")
    }
  }

  @Test func severalModelsPredictTogether() throws {
    let text = lines(Array(try fixture.sentences().prefix(4)))
    let twice = try translate([], Array(text.utf8))
    let outcome = try Command.translate.run(["--model", "\(fixture.model),\(fixture.model)"], text: text)
    try expectSuccess(outcome)
    #expect(outcome.output == twice.output)
  }

  @Test func typedLineIsAnsweredAtOnce() throws {
    let process = try RunningCommand(.translate, ["--model", fixture.model, "--threads", "2"])
    for count in 1...3 {
      process.write(Array("Anna sees the old house.\n".utf8))
      #expect(
        process.waitForOutput { $0.filter { $0 == "\n" }.count == count }, "line \(count) has no answer")
    }
    process.closeInput()
    let outcome = process.wait()
    #expect(outcome.status == 0)
    #expect(outcome.lines.count == 3 && Set(outcome.lines).count == 1)
  }

  @Test(arguments: [#"--input "$2""#, #"<"$2""#])
  func inputThatCannotBeReadIsNamed(input: String) throws {
    let folder = try TemporaryFolder()
    let script = #""$COMMAND" --model "$1" "# + input
    let outcome = try Command.translate.shell(script, [fixture.model, folder.path])
    expectFailure(outcome, .translate, saying: input.hasPrefix("<") ? ["standard input"] : [folder.path])
    #expect(outcome.outputBytes.isEmpty)
  }

  @Test func filesMayBeNamedAndCompressed() throws {
    let folder = try TemporaryFolder()
    let expected = try translate(text: lines(try fixture.sentences()))
    let output = folder("out.de")
    let outcome = try Command.translate.shell(
      #"gzip -c <"$2" >"$3" && "$COMMAND" --model "$1" --input "$3" --output "$4""#,
      [fixture.model, fixture.validSource, folder("in.en.gz"), output])
    try expectSuccess(outcome)
    #expect(outcome.outputBytes.isEmpty)
    #expect(try String(contentsOfFile: output, encoding: .utf8) == expected.output)
    #expect(folder.names == ["in.en.gz", "out.de"])
  }

  /// A download that ended early: what arrived is translated, and the error comes behind it.
  @Test func linesBeforeAReadErrorAreTranslated() throws {
    let folder = try TemporaryFolder()
    let whole = try Command.translate.run(["--model", fixture.model, "--input", fixture.trainSource])
    try expectSuccess(whole)
    let cut = try Command.translate.shell(
      #"gzip -c <"$2" | head -c 1500 >"$3"; exec "$COMMAND" --model "$1" --input "$3""#,
      [fixture.model, fixture.trainSource, folder("cut.gz")])
    expectFailure(cut, .translate, saying: [folder("cut.gz")])
    #expect(cut.lines.count > 20 && cut.lines.count < whole.lines.count)
    #expect(cut.lines == Array(whole.lines.prefix(cut.lines.count)))
  }
}

import Foundation
import TestSupport
import Testing

@Suite struct SegmentTextTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Enough lines for several threads and several rounds, each different, some hard to restore.
  static let text: String = {
    let endings = ["!", "  two", "\tx", " \u{A0}", "", " 我爱你。", " 3.14", " \"a\"", " e\u{301}", " ￭▁￮"]
    return (0..<30_000).map { "Zeile \($0), die Nr. \($0 * 37)\(endings[$0 % endings.count])\n" }.joined()
  }()

  func write(_ name: String, _ contents: String) throws -> String {
    try contents.write(toFile: folder(name), atomically: false, encoding: .utf8)
    return folder(name)
  }

  func run(_ arguments: [String], _ text: String) throws -> String {
    let outcome = try Command.segmentText.run(arguments, text: text)
    try expectSuccess(outcome)
    #expect(outcome.errors.isEmpty)
    return outcome.output
  }

  @Test func wordsComeBackInOrderForAnyThreads() throws {
    let one = try run(["--language", "de", "--threads", "1"], Self.text)
    #expect(one.hasPrefix("Zeile 0 ￭, die Nr ￭. 0 ￭!\n"))
    for threads in ["2", "7"] {
      #expect(try run(["--language", "de", "--threads", threads], Self.text) == one)
      #expect(try run(["--undo", "--threads", threads], one) == Self.text)
    }
    #expect(try run(["--undo", "--language", "de"], one) == Self.text)
  }

  @Test func languageDecides() throws {
    #expect(try run(["--language", "fr"], "L'homme\n") == "L'￭ homme\n")
    #expect(try run(["--tokenize"], "L'homme\n") == "L'homme\n")
    #expect(
      try run(["--language", "tr", "--lowercase", "--normalization", "nfkc"], "ISI ﬁ\n") == "ısı fi\n")
  }

  @Test func codesAreAppliedAndUndone() throws {
    let codes = try write("codes", "#version: 0.2\nl o\nlo w</w>\n")
    let vocabulary = try write("vocabulary", "lo￭ 4\nw 5\nlow 2\n")
    #expect(try run(["--codes", codes], "low  lot\n\n x\n") == "low lo@@ t\n\n x\n")
    #expect(
      try run(
        ["--codes", codes, "--vocabulary", vocabulary, "--vocabulary-threshold", "3", "--separator", "￭"],
        "low\n")
        == "lo￭ w\n")
    #expect(
      try run(["--codes", codes, "--merges", "1", "--protect", "ow+"], "lowlo\n") == "l@@ ow@@ l@@ o\n")
    #expect(try run(["--undo", "--codes", codes], "lo@@ w lo@@ t\n") == "low lot\n")
    #expect(try run(["--undo", "--codes", codes, "--separator", "￭"], "lo￭ w\n") == "low\n")
  }

  @Test func bothStepsAreUndoneTogether() throws {
    let codes = try write("codes", "Z e\nZe i 5\n".replacing("Z e", with: "Z e 9"))
    let options = ["--language", "de", "--codes", codes, "--protect", #"Nr\. \d+"#]
    let segmented = try run(options, Self.text)
    #expect(segmented.hasPrefix("Zei@@ l@@ e 0 ￭@@ , d@@ i@@ e Nr.￮20;0 ￭@@ !\n"))
    #expect(try run(options + ["--undo"], segmented) == Self.text)
  }

  @Test func modelsViewIsThatOfItsVocabulary() throws {
    let fixture = try Fixture.shared()
    let text = try String(contentsOfFile: fixture.validSource, encoding: .utf8)
    for options in [["--vocab", fixture.vocabulary], ["--vocab", fixture.model, "--source"]] {
      let subwords = try run(options, text)
      #expect(subwords.contains("@@ ") && subwords.contains(" ￭."))
      #expect(try run(options + ["--undo"], subwords) == text)
    }
    let target = try run(["--vocab", fixture.model, "--target"], "Das alte Haus.\n")
    #expect(try run(["--vocab", fixture.model, "--target", "--undo"], target) == "Das alte Haus.\n")
  }

  @Test func typedLineIsAnsweredAtOnce() throws {
    let process = try RunningCommand(.segmentText, ["--language", "en"])
    for count in 1...3 {
      process.write(Array("Hi!\n".utf8))
      #expect(
        process.waitForOutput { $0.filter { $0 == "\n" }.count == count }, "line \(count) has no answer")
    }
    process.closeInput()
    let outcome = process.wait()
    try expectSuccess(outcome)
    #expect(outcome.lines == ["Hi ￭!", "Hi ￭!", "Hi ￭!"])
  }

  @Test func otherCodesAreRefusedWithTheirLine() throws {
    let codes = try write("codes", "a b\nb c 3\n")
    expectFailure(
      try Command.segmentText.run(["--codes", codes]), .segmentText, saying: ["\(codes):2", "'b c 3'"])
    let vocabulary = try write("vocabulary", "a\n")
    expectFailure(
      try Command.segmentText.run(["--codes", try write("good", "a b\n"), "--vocabulary", vocabulary]),
      .segmentText, saying: ["\(vocabulary):1"])
  }

  @Test func fullDiskIsReported() throws {
    let outcome = try Command.segmentText.shell(
      #"yes word | head -100000 | "$COMMAND" --tokenize >/dev/full"#)
    expectFailure(outcome, .segmentText, saying: ["no space left"])
  }

  @Test func wordsOfAListStayWhole() throws {
    let text = try write("text", String(repeating: "Das {x} kostet 1984 bei C++ Mayer My er\n", count: 3))
    let list = try write("list", "C++\r\n\n  Mayer \n")
    try expectSuccess(
      Command.buildVocab.run([
        "--source", text, "--target", text, "--output", folder("vocab"), "--protect", #"\{\w\}"#,
        "--protect-words",
        list, "--split-digits", "--merges", "100",
      ]))
    let subwords = try run(["--vocab", folder("vocab")], "Das {y} kostet 48 bei C++ Mayers {x}\n")
    #expect(subwords == "Das {y} kostet 4@@ 8 bei C++ M@@ a@@ y@@ e@@ r@@ s {x}\n", "\(subwords)")
  }
}

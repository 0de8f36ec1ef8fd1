import Foundation
import TestSupport
import Testing

/// `translate` at a terminal, which `script` provides.
@Suite struct PromptTests {
  private func begin(_ options: String = "") throws -> RunningCommand {
    let (executable, model) = (try Command.translate.executable().path, try Fixture.shared().model)
    let command = "\(executable) --model \(model) \(options)"
    return try RunningCommand(
      executable: URL(fileURLWithPath: "/usr/bin/script"), ["-qec", command, "/dev/null"],
      environment: ["TERM": "xterm", "LC_ALL": "C"])
  }

  private func translation(of line: String, _ options: [String] = []) throws -> String {
    let outcome = try Command.translate.run(
      ["--model", Fixture.shared().model] + options, text: line + "\n")
    try expectSuccess(outcome)
    return try #require(outcome.lines.first)
  }

  /// What a terminal shows, without its control sequences.
  private func plain(_ text: String) -> String {
    text.replacingOccurrences(of: "\u{1b}\\[[0-9;?]*[A-Za-z]", with: "", options: .regularExpression)
      .replacingOccurrences(of: "\r", with: "")
  }

  @Test func linesAreEditedAndComeBack() throws {
    let (first, second) = ("Anna sees the old house.", "Anna hört — 中 🙂 the green boat.")
    let expected = (try translation(of: first), try translation(of: second))
    let command = try begin()
    #expect(command.waitForOutput { $0.contains("Ctrl-D ends") && $0.contains("en> ") })
    // The beginning last, after Ctrl-A.
    command.write(Array("sees the old house.\u{1}Anna \n".utf8))
    #expect(command.waitForOutput { plain($0).contains("\n\(expected.0)\n") })
    // A character too many, which the delete key removes whole.
    command.write(Array("\(second)é\u{7f}\n".utf8))
    #expect(command.waitForOutput { plain($0).contains("\n\(expected.1)\n") })
    // The line before the last one.
    command.write(Array("\u{1b}[A\u{1b}[A\n".utf8))
    #expect(command.waitForOutput { plain($0).components(separatedBy: "\n\(expected.0)\n").count == 3 })
    command.write([4])
    #expect(command.wait(seconds: 60).status == 0)
  }

  @Test func theTabKeyInsertsATab() throws {
    let line = "Anna sees the old house.\tDie"
    let expected = try translation(of: line, ["--input-format", "tabbed"])
    #expect(expected.hasPrefix("Die"))
    let command = try begin("--input-format tabbed")
    #expect(command.waitForOutput { $0.contains("en> ") })
    command.write(Array("\(line)\n".utf8))
    #expect(command.waitForOutput { plain($0).contains("\n\(expected)\n") })
    command.write([4])
    #expect(command.wait(seconds: 60).status == 0)
  }

  /// An input that is no terminal is no reason to ask.
  @Test func pipesHaveNoPrompt() throws {
    let outcome = try Command.translate.run(["--model", Fixture.shared().model], text: "Anna sees.\n")
    #expect(!outcome.errors.contains("Ctrl-D") && !outcome.output.contains(">"))
  }
}

import Foundation
import TestSupport
import Testing

/// Protected spans, as users ask for them.
@Suite struct ProtectionCommandTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture.shared() }

  private func translate(_ options: [String], _ text: String) throws -> Command.Outcome {
    try Command.translate.run(["--model", fixture.model] + options, text: text)
  }

  private func count(_ part: String, in text: String) -> Int { text.components(separatedBy: part).count - 1 }

  /// A model that knows a hundred words and no placeholder: what it cannot copy is inserted.
  @Test(arguments: [[], ["--beam", "1"], ["--split-sentences", "always"]])
  func spansComeThroughOnce(options: [String]) throws {
    let lines = [
      "Anna sees the {name} house.", "The <b>old man</b> sees https://example.org/a?b=c in {0}.",
      "Anna (%1$s) sees the green boat &amp; the house, {x}.", "{0}: <br/>",
    ]
    let spans = [
      ["{name}"], ["<b>", "</b>", "https://example.org/a?b=c", "{0}"],
      ["%1$s", "&amp;", "{x}"],
      ["{0}", "<br/>"],
    ]
    let outcome = try translate(options, lines.joined(separator: "\n") + "\n")
    try expectSuccess(outcome)
    #expect(outcome.lines.count == lines.count)
    for (line, spans) in zip(outcome.lines, spans) {
      for span in spans { #expect(count(span, in: line) == 1, "\(line)") }
    }
    #expect(outcome.lines.last == "{0}: <br/>")
  }

  @Test func patternsAndReportsAreOptions() throws {
    let text = "Anna sees AB-12 and {name}.\n"
    let outcome = try translate(["--protect", "[A-Z]{2}-[0-9]+", "--json"], text)
    try expectSuccess(outcome)
    #expect(count("AB-12", in: outcome.lines[0]) == 2 && outcome.lines[0].contains("\"kind\":\"pattern\""))
    let none = try translate(["--protect-kinds", "none", "--json"], text)
    try expectSuccess(none)
    #expect(!none.lines[0].contains("\"protected\""))
    let line = #"{"text":"Anna sees AB-12 and {name}.","protect":["AB-[0-9]+"]}"# + "\n"
    let json = try translate(["--input-format", "json", "--json"], line)
    try expectSuccess(json)
    #expect(json.lines[0].contains("\"kind\":\"pattern\""))
    let off = try translate(
      ["--input-format", "json", "--json"], line.replacing("[\"AB-[0-9]+\"]", with: "false"))
    #expect(!off.lines[0].contains("\"protected\""))
  }

  @Test(arguments: [
    (["--protect", "("], "cannot be protected"), (["--protect", "x*"], "matches the empty text"),
    (["--protect-kinds", "none,url"], "give only one"), (["--protect-kinds", "links"], "links"),
  ])
  func mistakesAreExplained(options: [String], message: String) throws {
    let outcome = try translate(options, "Anna.\n")
    #expect(outcome.status != 0 && outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func patternsOfLinesAreChecked() throws {
    let outcome = try translate(["--input-format", "json"], "{\"text\":\"Anna.\",\"protect\":\"(\"}\n")
    #expect(outcome.status != 0 && outcome.errors.contains("the pattern '('"), "\(outcome.errors)")
  }
}

import Foundation
import TestSupport
import Testing

/// What `translate` reads and writes as JSON, compared with the documented schemas.
@Suite struct JSONSchemaTests {
  private let fixture: Fixture
  private let input, output: JSONSchema

  init() throws {
    fixture = try Fixture.shared()
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("tools/recipes").path
    input = try JSONSchema(path: "\(folder)/translate-input.schema.json")
    output = try JSONSchema(path: "\(folder)/translate-output.schema.json")
  }

  private func value(_ json: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(json.utf8))
  }

  @Test(arguments: [
    [], ["--n-best", "3"], ["--timing"], ["--token-scores"], ["--alignment", "hard"],
    ["--sample", "--n-best", "2"],
    ["--mbr", "4"],
    ["--max-length", "2"], ["--protect", "old"], ["--beam", "1", "--keep-repetitions"],
  ])
  func outputIsAsDocumented(options: [String]) throws {
    let text = "Anna sees the old house {name} at http://example.org.\n\n \u{1f600}\nThe man paints.\n"
    let outcome = try Command.translate.run(["--model", fixture.model, "--json"] + options, text: text)
    try expectSuccess(outcome)
    for line in outcome.lines { #expect(output.problems(of: try value(line)) == []) }
    #expect(outcome.lines.count == 4)
    #expect(outcome.lines.allSatisfy { $0.contains("\"seconds\"") == options.contains("--timing") })
  }

  @Test func confidenceAndTermsAreAsDocumented() throws {
    let model = try fixture.copyOfModel()
    try expectSuccess(
      Command.calibrateModel.run([
        "--model", model.path, "--source", fixture.validSource, "--target", fixture.validTarget,
        "--keep-heads",
      ]))
    try "house\tHaus\nman\t\u{4e2d}\n".write(toFile: model("terms.tsv"), atomically: true, encoding: .utf8)
    let outcome = try Command.translate.run(
      [
        "--model", model.path, "--json", "--confidence", "--flag-below", "1", "--glossary",
        model("terms.tsv"),
      ],
      text: "Anna sees the house.\nThe man paints.\n")
    try expectSuccess(outcome)
    for line in outcome.lines { #expect(output.problems(of: try value(line)) == []) }
    #expect(outcome.lines.allSatisfy { $0.contains("\"flagged\":true") && $0.contains("\"terms\"") })
  }

  @Test func linesOfTheSchemaAreRead() throws {
    let lines = [
      #"{"text":"Anna sees the house."}"#, #"{"text":"Anna sees the house.","prefix":"Anna"}"#,
      #"{"text":"Anna sees the house.","translation":"Anna sieht das Haus."}"#,
      #"{"text":"Anna sees the house.","nbest":["Anna sieht das Haus.","Das Haus."]}"#,
      #"{"text":"Anna sees the house.","prefix":"Anna s","alternatives_at":6}"#,
      #"{"text":"Anna sees the house.","glossary":{"house":"Haus","sees":["sieht","erblickt"]},"protect":["An+a"]}"#,
      #"{"text":"Anna sees the house.","protect":false}"#,
    ]
    for line in lines { #expect(input.problems(of: try value(line)) == []) }
    let outcome = try Command.translate.run(
      ["--model", fixture.model, "--json", "--input-format", "json"],
      text: lines.joined(separator: "\n") + "\n")
    try expectSuccess(outcome)
    #expect(outcome.lines.count == lines.count)
    for line in outcome.lines { #expect(output.problems(of: try value(line)) == []) }
  }

  @Test(arguments: [
    #"{"text":3}"#, #"{"prefix":"Anna"}"#, #"{"text":"Anna","prefx":"A"}"#, #"{"text":"Anna","nbest":"A"}"#,
  ])
  func otherLinesAreRefused(line: String) throws {
    #expect(input.problems(of: try value(line)) != [])
    let outcome = try Command.translate.run(
      ["--model", fixture.model, "--json", "--input-format", "json"], text: line + "\n")
    #expect(outcome.status == 1 && outcome.errors.contains("line 1"))
  }

  @Test(arguments: [
    #"{"line":1}"#, #"{"line":0,"pieces":1,"translation":"a","score":-1,"log_probability":-2}"#,
    #"{"line":1,"pieces":1,"translation":"a","score":-1,"log_probability":-2,"other":1}"#,
    #"{"line":1,"pieces":1,"translations":[]}"#,
    #"{"line":1,"pieces":1,"translations":[{"translation":"a","score":1,"log_probability":true}]}"#,
  ])
  func schemaRefusesOtherOutput(line: String) throws { #expect(output.problems(of: try value(line)) != []) }
}

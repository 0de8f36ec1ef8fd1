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
}

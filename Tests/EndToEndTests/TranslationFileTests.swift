import Foundation
import TestSupport
import Testing

/// `translate` on files that hold both languages.
@Suite struct TranslationFileTests {
  let fixture: Fixture
  let folder: TemporaryFolder

  init() throws { (fixture, folder) = (try Fixture.shared(), try TemporaryFolder()) }

  private func translate(_ text: String, _ name: String, _ options: [String] = []) throws -> (
    Command.Outcome, String
  ) {
    try text.write(toFile: folder(name), atomically: true, encoding: .utf8)
    try? FileManager.default.removeItem(atPath: folder("out"))
    let outcome = try Command.translate.run(
      ["--model", fixture.model, "--input", folder(name), "--output", folder("out")] + options)
    return (outcome, (try? String(contentsOfFile: folder("out"), encoding: .utf8)) ?? "")
  }

  /// Missing messages get what the model says to their lines; nothing else changes.
  @Test func catalogsAreFilled() throws {
    let sentences = try Array(fixture.sentences().prefix(2))
    let expected = try Command.translate.run(["--model", fixture.model], text: sentences[0] + "\n").lines[0]
    let text =
      "# c\r\nmsgid \"\(sentences[0])\"\r\nmsgstr \"\"\r\n\r\nmsgid \"\(sentences[1])\"\r\nmsgstr \"da\"\r\n"
    let (outcome, result) = try translate(text, "a.po")
    try expectSuccess(outcome)
    let escaped = expected.replacing("\"", with: "\\\"")
    #expect(
      result
        == text.replacing(
          "msgid \"\(sentences[0])\"\r\nmsgstr \"",
          with: "#, fuzzy\r\nmsgid \"\(sentences[0])\"\r\nmsgstr \"\(escaped)"))
    #expect(outcome.errors.contains("2 units, 1 texts to translate, 1 filled in"), "\(outcome.errors)")
    // Once more: nothing is missing, so the model is not even read.
    let again = try translate(result, "b.po")
    #expect(again.1 == result && again.0.errors.contains("0 texts to translate"))
  }

  /// A memory gets the language of the model, and tags survive whatever the model does.
  @Test func memoriesAreFilledAndKeepTheirTags() throws {
    let text = """
      <tmx version="1.4"><header srclang="en"/><body><tu>
      <tuv xml:lang="en"><seg>Anna <hi type="b">sees the old</hi> house<ph x="1">{0}</ph>.</seg></tuv>
      </tu></body></tmx>
      """
    let (outcome, result) = try translate(text, "a.tmx", ["--mark", "none"])
    try expectSuccess(outcome)
    #expect(result.contains("<tuv xml:lang=\"de\">"), "\(result)")
    let target = result.components(separatedBy: "<seg>").last ?? ""
    let order = ["<hi type=\"b\">", "</hi>", "<ph x=\"1\">{0}</ph>"].compactMap {
      target.range(of: $0)?.lowerBound
    }
    #expect(order.count == 3 && order == order.sorted(), "\(target)")
  }

  /// A name alone does not make a translation file.
  @Test func plainTextStaysPlainText() throws {
    let sentence = try fixture.sentences()[0]
    let expected = try Command.translate.run(["--model", fixture.model], text: sentence + "\n").output
    for name in ["a.ts", "a.xml", "a.tsv", "a.txt"] {
      let (outcome, result) = try translate(sentence + "\n", name)
      try expectSuccess(outcome)
      #expect(result == expected)
    }
    let (outcome, _) = try translate(sentence + "\n", "a.txt", ["--mark", "none"])
    #expect(outcome.status != 0 && outcome.errors.contains("is plain text"))
  }

  @Test func optionsOfLinesAreRefused() throws {
    let (outcome, result) = try translate("msgid \"a\"\nmsgstr \"\"\n", "a.po", ["--scores"])
    #expect(
      outcome.status != 0 && result.isEmpty && outcome.errors.contains("'--scores'"), "\(outcome.errors)")
  }
}

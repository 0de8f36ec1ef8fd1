import CorpusFormats
import Files
import Foundation
import Testing

@Suite struct CorpusPairsTests {
  private func pairs(
    _ text: String, _ name: String, source: String = "", target: String = "", keepsTags: Bool = false
  ) throws -> (pairs: [String], report: String) {
    let path = NSTemporaryDirectory() + UUID().uuidString + name
    defer { removeFile(path) }
    try writeFileAtomically(path: path, contents: Array(text.utf8))
    var reader = try CorpusPairs(
      path: path, sourceLanguage: source, targetLanguage: target, keepsTags: keepsTags)
    var pairs: [String] = []
    while let pair = try reader.next() { pairs.append("\(pair.source)|\(pair.target)") }
    #expect(reader.summary.pairs == pairs.count)
    return (pairs, reader.report.joined(separator: "\n"))
  }

  private func memory(_ units: [(String, String, String, String)]) -> String {
    "<tmx version=\"1.4\"><header srclang=\"en\"/><body>"
      + units.map {
        "<tu><tuv xml:lang=\"\($0.0)\"><seg>\($0.1)</seg></tuv><tuv xml:lang=\"\($0.2)\"><seg>\($0.3)</seg></tuv></tu>"
      }.joined() + "</body></tmx>"
  }

  @Test func aPairIsALineWithoutTags() throws {
    let text = memory([
      ("en", "Two\nlines\tand <bpt i=\"1\">&lt;b&gt;</bpt>bold<ept i=\"1\">&lt;/b&gt;</ept>", "de", " Zwei "),
      ("en", "Nothing", "de", "<ph x=\"1\">x</ph>"),
    ])
    let (found, report) = try pairs(text, ".tmx")
    #expect(found == ["Two lines and bold|Zwei"])
    #expect(report.contains("1 pairs of 1 units; units left out: 1 "), "\(report)")
    #expect(try pairs(text, ".tmx", keepsTags: true).pairs[0].contains("<bpt i=\"1\">"))
  }

  @Test func fuzzyAndUntranslatedMessagesAreCounted() throws {
    let catalog = """
      msgid "Open"
      msgstr "Öffnen"

      #, fuzzy
      msgid "Draft"
      msgstr "Entwurf"

      msgid "Missing"
      msgstr ""

      msgid "%d file"
      msgid_plural "%d files"
      msgstr[0] "%d Datei"
      msgstr[1] "%d Dateien"

      """
    let (found, report) = try pairs(catalog, ".po")
    #expect(found == ["Open|Öffnen", "%d file|%d Datei", "%d files|%d Dateien"])
    #expect(report.contains("1 untranslated, 1 fuzzy"), "\(report)")
  }

  @Test func aFileOfSeveralLanguagesNeedsOneNamed() throws {
    let text = memory([("en", "a", "de", "b"), ("en", "a", "fr", "c")])
    #expect { try pairs(text, ".tmx") } throws: { "\($0)".contains("--target-language") }
    #expect(try pairs(text, ".tmx", target: "fr").pairs == ["a|c"])
    #expect { try pairs(text, ".tmx", target: "es") } throws: { "\($0)".contains("no pair") }
    // XLIFF may have a file for each language.
    let file = { (target: String) in
      "<file source-language=\"en\" target-language=\"\(target)\" original=\"f\" datatype=\"x\"><body><trans-unit id=\"1\">"
        + "<source>a</source><target>\(target)</target></trans-unit></body></file>"
    }
    let start = "<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">"
    #expect { try pairs(start + file("de") + file("fr") + "</xliff>", ".xlf") } throws: {
      "\($0)".contains("en → fr after units of en → de")
    }
    #expect(
      try pairs(start + file("pt") + file("pt-BR") + "</xliff>", ".xlf").pairs == ["a|pt", "a|pt-BR"])
  }

  @Test func filesOfOneLanguageAreRefused() {
    #expect { try pairs("\"a\" = \"b\";\n", ".strings") } throws: { "\($0)".contains("--target-input") }
  }
}

import CorpusFormats
import Foundation
import ModelFormats
import Testing

@Suite struct ZippedCorpusTests {
  /// The pairs in an archive of files.
  private func read(_ files: [(String, String)], from source: String = "", to target: String = "") throws
    -> [String]
  {
    let archive = TemporaryFile("", name: "a.zip")
    let writer = try ZipWriter(path: archive.path)
    for (name, text) in files { try writer.add(name: name, contents: Array(text.utf8)) }
    try writer.commit()
    var reader = try CorpusReader(path: archive.path, sourceLanguage: source, targetLanguage: target)
    var units: [TranslationUnit] = []
    while let unit = try reader.next() { units.append(unit) }
    return pairs(units).map { "\(reader.languages.keys.first?.description ?? ""): \($0)" }
  }

  private static let opus = [
    ("README", "about"), ("LICENSE.txt", "free"), ("__MACOSX/._X.en-fr.en", "?"),
    ("X.en-fr.fr", "un\ndeux\n"),
    ("X.en-fr.en", "one\ntwo\n"), ("X.en-fr.ids", "1 1\n2 2\n"),
  ]

  @Test func readsFilesForMoses() throws {
    #expect(try read(Self.opus) == ["en → fr: one=un", "en → fr: two=deux"])
    #expect(try read(Self.opus, from: "fr").first == "fr → en: un=one")
    #expect(try read(Self.opus, to: "en").first == "fr → en: un=one")
    #expect(message { _ = try read(Self.opus, to: "de") }.contains("texts in fr, en"))
    #expect(message { _ = try read([("a.en", "1"), ("b.fr", "2")]) }.contains("a.en, b.fr"))
  }

  @Test func readsOneFileOfAnotherFormat() throws {
    let files = [("x/a.po", "msgid \"a\"\nmsgstr \"b\"\n"), ("README.md", "")]
    #expect(try read(files, from: "en", to: "de") == ["en → de: a=b"])
  }
}

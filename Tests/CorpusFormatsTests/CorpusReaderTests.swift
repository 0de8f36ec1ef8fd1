import CorpusFormats
import Testing

@Suite struct CorpusReaderTests {
  /// The units of two files.
  private func pairsOfFiles(_ source: String, _ target: String, _ name: String) throws -> [String] {
    let files = (TemporaryFile(source, name: name), TemporaryFile(target, name: name))
    var reader = try CorpusReader(
      path: files.0.path, targetPath: files.1.path, sourceLanguage: "en", targetLanguage: "de")
    var units: [TranslationUnit] = []
    while let unit = try reader.next() { units.append(unit) }
    #expect(units.allSatisfy { $0.sourceLanguage == "en" && $0.targetLanguage == "de" })
    return pairs(units)
  }

  @Test func twoTextFiles() throws {
    #expect(try pairsOfFiles("a\n\nb\r\n", "x\ny\nz", "t.txt") == ["a=x", "b=z"])
    #expect(message { _ = try pairsOfFiles("a\nb\n", "x\n", "t.txt") }.contains("line 2"))
  }

  @Test func twoFilesOfOneLanguage() throws {
    #expect(
      try pairsOfFiles("\"a\"=\"1\";\"b\"=\"2\";", "\"b\"=\"zwei\";\"c\"=\"drei\";", "t.strings") == [
        "2=zwei"
      ])
    let (source, target) = (
      "<resources><string name='a'>1</string></resources>",
      "<resources><string name='a'>eins</string></resources>"
    )
    #expect(try pairsOfFiles(source, target, "strings.xml") == ["1=eins"])
    #expect(
      message { _ = try pairsOfFiles("msgid \"a\"\nmsgstr \"b\"\n", "x\n", "t") }.contains(
        "needs no second one"))
  }

  @Test(arguments: [
    ("x.xml", "<?xml version='1.0'?><!-- <tmx> --><!DOCTYPE xliff []><xliff/>", CorpusFormat.xliff),
    ("x", "<tmx/>", .tmx), ("x", "# c\nmsgid \"\"\nmsgstr \"\"\n", .po), ("x.po.gz", "", .po),
    ("x", "\u{fe}\u{12}", nil), ("notes.txt", "msgid is a word\n", nil), ("x.xml", "<html/>", nil),
  ])
  func recognizesFormats(name: String, text: String, format: CorpusFormat?) {
    var found: CorpusFormat?
    _ = message { found = try CorpusReader(contents: Array(text.utf8), path: name).format }
    #expect(found == format)
  }
}

import CorpusFormats
import Files
import ModelFormats
import RandomNumbers
import Testing

/// Packages that are damaged, or made to do harm.
@Suite struct HostilePackageTests {
  private func problem(_ package: [UInt8]) -> String {
    message { _ = try PackageDocument(contents: package, path: "p") }
  }

  @Test func othersAreRefused() throws {
    #expect(problem([]).contains("zip"))
    #expect(problem(Array("%PDF-1.4".utf8)).contains("zip"))
    #expect(problem([0xD0, 0xCF, 0x11, 0xE0] + Array(repeating: 0, count: 600)).contains("password"))
    #expect(problem(try TestPackage.archive([("a", [1])])).contains("neither"))
    #expect(
      problem(try TestPackage.archive([("mimetype", Array("application/zip".utf8))])).contains(
        "application/zip"))
    let sheet = "application/vnd.oasis.opendocument.spreadsheet"
    #expect(problem(try TestPackage.archive([("mimetype", Array(sheet.utf8))])).contains("spreadsheet"))
    #expect(problem(try TestPackage.odt("", manifest: "<encryption-data/>")).contains("encrypted"))
  }

  @Test func brokenPartsAreNamed() throws {
    #expect(problem(try TestPackage.docx("<w:p>")).contains("word/document.xml: line"))
    let entity =
      "<!DOCTYPE x [<!ENTITY a \"b\">]><office:document-content/>"
    let package = try TestPackage.archive([
      ("mimetype", Array("application/vnd.oasis.opendocument.text".utf8)),
      ("content.xml", Array(entity.utf8)),
    ])
    #expect(problem(package).contains("entity 'a'"))
    let deep = String(repeating: "<w:p>", count: 300) + String(repeating: "</w:p>", count: 300)
    #expect(problem(try TestPackage.docx(deep)).contains("nested"))
    let wide = try TestPackage.archive([
      ("mimetype", Array("application/vnd.oasis.opendocument.text".utf8)), ("content.xml", "<a/>".utf16()),
    ])
    #expect(problem(wide).contains("UTF-16"))
  }

  @Test func bombsAreRefused() throws {
    let zeros = try TestPackage.archive([
      ("mimetype", Array("application/vnd.oasis.opendocument.text".utf8)),
      ("content.xml", [UInt8](repeating: 0x20, count: 80 << 20)),
    ])
    #expect(problem(zeros).contains("content.xml"))
    // Paragraphs within paragraphs, and fields that never end.
    let inner = String(
      repeating: "<w:r><w:fldChar w:fldCharType=\"begin\"/><w:fldChar w:fldCharType=\"separate\"/></w:r>",
      count: 20_000)
    #expect(try TestPackage.lines(TestPackage.docx("<w:p><w:r><w:t>a</w:t></w:r>\(inner)</w:p>")) == ["a"])
    let nested = (0..<80).reduce("<w:p><w:r><w:t>a</w:t></w:r></w:p>") { body, _ in
      "<w:p><w:r><w:t>b</w:t><w:x>\(body)</w:x><w:t>c</w:t></w:r></w:p>"
    }
    let package = try TestPackage.docx(nested)
    #expect(try TestPackage.lines(package).count == 81)
    #expect(try TestPackage.lines(TestPackage.filled(package) { $0.uppercased() }).count == 81)
  }

  @Test func mutatedArchives() throws {
    let body = "<w:p><w:r><w:t>one </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>two</w:t></w:r></w:p>"
    let package = try TestPackage.docx(body)
    var random = SplitMix64(state: 1)
    var (read, refused) = (0, 0)
    for _ in 0..<1000 {
      if survives(random.mutated(package)) { read += 1 } else { refused += 1 }
    }
    #expect(read > 0 && refused > 0, "\(read) read, \(refused) refused")
  }

  @Test func mutatedParts() throws {
    let link = "<w:p><w:hyperlink><w:r><w:t>a</w:t></w:r></w:hyperlink><w:r><w:t>b</w:t></w:r></w:p>"
    let (word, text) = (try TestPackage.docx(""), try TestPackage.odt(""))
    let content = try TestPackage.part("content.xml", of: text)
    for (index, body) in [WordDocumentTests.everything, link].enumerated() {
      var random = SplitMix64(state: UInt64(index))
      for _ in 0..<300 {
        let changed = String(decoding: random.mutated(Array(body.utf8)), as: UTF8.self)
        let document = Array(TestPackage.document(changed).utf8)
        _ = survives(try TestPackage.replacing("word/document.xml", by: document, in: word))
        let other = content.replacing(
          "<office:body>", with: "<office:body>" + changed.replacing("w:", with: "text:"))
        _ = survives(try TestPackage.replacing("content.xml", by: Array(other.utf8), in: text))
      }
    }
  }

  /// Reads and fills a package.
  ///
  /// - Returns: whether it could be read.
  private func survives(_ package: [UInt8]) -> Bool {
    do {
      let document = try PackageDocument(contents: package, path: "p")
      let (contents, left) = try document.filled(document.lines.map { $0.text.uppercased() })
      let again = try PackageDocument(contents: contents, path: "p")
      #expect(again.lines.count == document.lines.count && left == 0)
      // Marks in the opposite order.
      let reversed = try document.filled(
        document.lines.map { String(String.UnicodeScalarView($0.text.unicodeScalars.reversed())) })
      #expect(throws: Never.self) { _ = try PackageDocument(contents: reversed.contents, path: "p") }
      return true
    } catch {
      return false
    }
  }
}

import Files
import Foundation
import HTMLReports
import Testing

@Suite struct PageTests {
  private let page = galleryPage().html

  @Test func picturesAreXML() {
    let pictures = page.components(betweenTags: "svg")
    #expect(pictures.count > 7)
    for picture in pictures { #expect(xmlProblem(picture) == nil, "\(picture.prefix(300))") }
  }

  @Test func bodyIsXMLApartFromLineBreaks() throws {
    let start = try #require(page.firstRange(of: "<body>")),
      end = try #require(page.firstRange(of: "<script>"))
    #expect(xmlProblem(page[start.lowerBound..<end.lowerBound] + "</body>") == nil)
  }

  @Test func pageMayOnlyUseItsOwnStyleAndScript() throws {
    for name in ["style", "script"] {
      let start = try #require(page.firstRange(of: "<\(name)>")),
        end = try #require(page.firstRange(of: "</\(name)>"))
      let policy =
        "\(name)-src &#39;sha256-\(sha256Base64(String(page[start.upperBound..<end.lowerBound])))&#39;"
      #expect(page.contains(policy))
    }
    #expect(page.contains("default-src &#39;none&#39;"))
    #expect(
      !page.contains("http:") && page.ranges(of: "https:").isEmpty
        || page.contains("http://www.w3.org/2000/svg"))
    for word in [" style=", "url(", "<link", "@import", "<img"] { #expect(!page.contains(word), "\(word)") }
    #expect(page.ranges(of: "<script").count == 1)
  }

  @Test func digestsAreThoseOfTheStandard() {
    // FIPS 180-4's examples, in base64.
    #expect(sha256Base64("abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
    #expect(sha256Base64("") == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
  }

  @Test func sectionsHaveDifferentIDs() {
    let sections = ["Same", "Same", "Ähnlich", "", "contents"].map {
      PageSection($0, subsections: [PageSection("Same")])
    }
    let html = HTMLPage(title: "x", sections: sections).html
    let ids = html.split(separator: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(Set(ids).count == ids.count && ids.count == 12)
    for id in ids where id.hasPrefix("section-") { #expect(html.contains("href=\"#\(id)\"")) }
  }

  @Test func tablesNameRowsAndColumns() {
    let table = DataTable(
      "Scores", columns: ["System", .number("Time", unit: "s")], rows: [["a", .number(2.5)]])
    #expect(
      table.html.markup.hasSuffix(
        "<table><caption>Scores</caption><thead><tr><th scope=\"col\">System</th><th scope=\"col\" class=\"number\">Time (s)"
          + "</th></tr></thead><tbody><tr><th scope=\"row\">a</th><td class=\"number\" data-key=\"2.5\">2.5</td></tr></tbody>"
          + "</table></div>"))
  }

  @Test func pageIsWrittenWhole() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("report-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("page.html").path
    try galleryPage().write(to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == page)
    #expect(throws: FileError.self) { try galleryPage().write(to: "/nowhere/page.html") }
  }

  /// Writes the page for eyes and for `tools/check-report`, if `HTML_GALLERY` names a file.
  @Test func galleryIsWritten() throws {
    guard let path = ProcessInfo.processInfo.environment["HTML_GALLERY"] else { return }
    try galleryPage().write(to: path)
  }
}

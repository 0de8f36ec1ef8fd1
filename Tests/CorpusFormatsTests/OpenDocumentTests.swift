import CorpusFormats
import Testing

/// OpenDocument's texts, from paragraphs to translated paragraphs.
@Suite struct OpenDocumentTests {
  private static let bold = "<text:span text:style-name=\"B\">"
  private static let paragraphs: [(body: String, lines: [String], expected: String)] = [
    (
      "<text:p>one \(bold)two</text:span>\(bold) three</text:span> four</text:p>",
      ["one [0]two three[1] four"],
      "<text:p>ONE \(bold)TWO THREE</text:span> FOUR</text:p>"
    ),
    (
      "<text:h>\(bold)all</text:span></text:h>", ["all"], "<text:h>\(bold)ALL</text:span></text:h>"
    ),
    // What records only who wrote it is no format.
    (
      "<text:p>on<text:span text:style-name=\"R\">e tw</text:span>o</text:p>", ["one two"],
      "<text:p>ONE TWO</text:p>"
    ),
    // Spaces count once, but for those of elements; line ends and indentation are spaces.
    (
      "<text:p>\n  one \n two<text:s/><text:s text:c=\"2\"/>three</text:p>", ["one two   three"],
      "<text:p>ONE TWO <text:s/><text:s/>THREE</text:p>"
    ),
    (
      "<text:p>one<text:tab/>two<text:line-break/>3</text:p>", ["one", "two"],
      "<text:p>ONE<text:tab/>TWO<text:line-break/>3</text:p>"
    ),
    // A line break cuts a format, but not a link.
    (
      "<text:p>\(bold)one<text:line-break/>two</text:span> <text:a href=\"x\">three<text:line-break/>four</text:a></text:p>",
      ["one", "two", "three", "four"],
      "<text:p>\(bold)ONE<text:line-break/>TWO</text:span> <text:a href=\"x\">THREE<text:line-break/>FOUR</text:a></text:p>"
    ),
    (
      "<text:p>see<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>a note</text:p></text:note-body></text:note> it</text:p>",
      ["see[0] it", "a note"],
      "<text:p>SEE<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A NOTE</text:p></text:note-body></text:note><text:s/>IT</text:p>"
    ),
    (
      "<text:p>page <text:page-number>1</text:page-number> of<office:annotation><text:p>no</text:p></office:annotation> it</text:p>",
      ["page [0] of[1] it"],
      "<text:p>PAGE <text:page-number>1</text:page-number><text:s/>OF<office:annotation><text:p>no</text:p></office:annotation><text:s/>IT</text:p>"
    ),
    (
      "<text:tracked-changes><text:p>no</text:p></text:tracked-changes><text:p>yes &lt;&amp;</text:p>",
      ["yes <&"],
      "<text:tracked-changes><text:p>no</text:p></text:tracked-changes><text:p>YES &lt;&amp;</text:p>"
    ),
    ("<text:p><text:p>odd</text:p></text:p>", [], "<text:p><text:p>odd</text:p></text:p>"),
  ]

  private static let styles =
    "<style:style style:name=\"B\" style:family=\"text\"><style:text-properties bold=\"1\"/></style:style>"
    + "<style:style style:name=\"R\" style:family=\"text\"><style:text-properties officeooo:rsid=\"1\"/></style:style>"

  @Test(arguments: paragraphs.indices) func paragraphsKeepTheirStructure(index: Int) throws {
    let (body, lines, expected) = Self.paragraphs[index]
    let package = try TestPackage.odt(body, styles: Self.styles)
    #expect(try TestPackage.lines(package) == lines)
    let filled = try TestPackage.filled(package) { $0.uppercased() }
    #expect(try TestPackage.body(ofText: filled) == expected)
    // The type is where programs look for it.
    #expect(filled[30..<38].elementsEqual("mimetype".utf8) && filled[8] == 0)
  }

  @Test func otherPackages() throws {
    let page = "<html><head><title>Book</title></head><body><p>one <b>two</b></p></body></html>"
    let contents =
      "<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\"><navLabel><text>Chapter one</text></navLabel></ncx>"
    let book = try TestPackage.archive([
      ("mimetype", Array("application/epub+zip".utf8)), ("OPS/a.xhtml", Array(page.utf8)),
      ("OPS/toc.ncx", Array(contents.utf8)),
    ])
    #expect(try PackageDocument(contents: book, path: "p").format == .epub)
    #expect(try TestPackage.lines(book) == ["Book", "one [0]two[1]", "Chapter one"])
    let filled = try TestPackage.filled(book) { $0.uppercased() }
    #expect(try TestPackage.part("OPS/a.xhtml", of: filled).contains("<p>ONE <b>TWO</b></p>"))
    #expect(try TestPackage.part("OPS/toc.ncx", of: filled).contains("<text>CHAPTER ONE</text>"))

    let slide =
      "<p:sld xmlns:p=\"p\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:p><a:r><a:rPr lang=\"en\" b=\"1\"/>"
      + "<a:t>on</a:t></a:r><a:r><a:rPr lang=\"de\" dirty=\"0\" b=\"1\"/><a:t>e</a:t></a:r><a:endParaRPr/></a:p></p:sld>"
    let type = "application/vnd.openxmlformats-officedocument.presentationml"
    let types =
      "<Types><Override PartName=\"/ppt/p.xml\" ContentType=\"\(type).presentation.main+xml\"/>"
      + "<Override PartName=\"/ppt/s.xml\" ContentType=\"\(type).slide+xml\"/></Types>"
    let slides = try TestPackage.archive([
      ("[Content_Types].xml", Array(types.utf8)), ("ppt/p.xml", []), ("ppt/s.xml", Array(slide.utf8)),
    ])
    #expect(try PackageDocument(contents: slides, path: "p").format == .pptx)
    #expect(
      try TestPackage.part("ppt/s.xml", of: TestPackage.filled(slides) { $0.uppercased() }).contains(
        "<a:p><a:r><a:rPr lang=\"en\" b=\"1\"/><a:t>ONE</a:t></a:r><a:endParaRPr/></a:p>"))
  }
}

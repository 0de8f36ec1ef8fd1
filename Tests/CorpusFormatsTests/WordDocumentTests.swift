import CorpusFormats
import ModelFormats
import Testing

/// Documents of Word, from paragraphs to translated paragraphs.
@Suite struct WordDocumentTests {
  private static func run(_ text: String, _ properties: String = "") -> String {
    "<w:r>\(properties.isEmpty ? "" : "<w:rPr>\(properties)</w:rPr>")<w:t xml:space=\"preserve\">\(text)</w:t></w:r>"
  }

  private static let paragraphs: [(body: String, lines: [String], expected: String)] = [
    // Runs of one format are one text.
    (
      "<w:p><w:pPr><w:b/></w:pPr><w:r w:rsidR=\"1\"><w:t>on</w:t></w:r><w:proofErr w:type=\"spellStart\"/>"
        + "<w:r w:rsidR=\"2\"><w:rPr><w:lang w:val=\"en-US\"/></w:rPr><w:t>e two</w:t></w:r></w:p>",
      ["one two"], "<w:p><w:pPr><w:b/></w:pPr>\(run("ONE TWO"))</w:p>"
    ),
    (
      "<w:p>\(run("the one "))\(run("two", "<w:b/>"))\(run(" thr", "<w:i/>"))\(run("ee", "<w:i/>"))</w:p>",
      ["the one [0]two[1][2] three[3]"],
      "<w:p>\(run("THE ONE "))\(run("TWO", "<w:b/>"))\(run(" THREE", "<w:i/>"))</w:p>"
    ),
    // Tabs and line breaks are between segments.
    (
      "<w:p><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>12</w:t></w:r></w:p>", ["one", "two"],
      "<w:p><w:r><w:t xml:space=\"preserve\">ONE</w:t><w:tab/><w:t xml:space=\"preserve\">TWO</w:t><w:br/>"
        + "<w:t xml:space=\"preserve\">12</w:t></w:r></w:p>"
    ),
    // A link goes around its words, a bookmark stays at its place.
    (
      "<w:p>\(run("see "))<w:hyperlink r:id=\"x\">\(run("here", "<w:u/>"))</w:hyperlink>\(run(" & now".replacing("&", with: "&amp;")))"
        + "<w:bookmarkStart w:id=\"0\"/>\(run("then"))<w:bookmarkEnd w:id=\"0\"/></w:p>",
      ["see [0][1]here[2][3] & now[4]then"],
      "<w:p>\(run("SEE "))<w:hyperlink r:id=\"x\">\(run("HERE", "<w:u/>"))</w:hyperlink>\(run(" &amp; NOW"))"
        + "<w:bookmarkStart w:id=\"0\"/>\(run("THEN"))<w:bookmarkEnd w:id=\"0\"/></w:p>"
    ),
    // The instruction of a field is no text, its result is.
    (
      "<w:p>\(run("page "))<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE no</w:instrText></w:r>"
        + "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\(run("3"))<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\(run(" of"))</w:p>",
      ["page [0] of"],
      "<w:p><w:r><w:t xml:space=\"preserve\">PAGE </w:t><w:fldChar w:fldCharType=\"begin\"/>"
        + "<w:instrText>PAGE no</w:instrText><w:fldChar w:fldCharType=\"separate\"/><w:t xml:space=\"preserve\">3</w:t>"
        + "<w:fldChar w:fldCharType=\"end\"/><w:t xml:space=\"preserve\"> OF</w:t></w:r></w:p>"
    ),
    (
      "<w:p>\(run("see "))<w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>REF</w:instrText>"
        + "<w:fldChar w:fldCharType=\"separate\"/><w:t>the end</w:t><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>",
      ["see [0]the end[1]"],
      "<w:p><w:r><w:t xml:space=\"preserve\">SEE </w:t><w:fldChar w:fldCharType=\"begin\"/><w:instrText>REF</w:instrText>"
        + "<w:fldChar w:fldCharType=\"separate\"/><w:t xml:space=\"preserve\">THE END</w:t><w:fldChar w:fldCharType=\"end\"/>"
        + "</w:r></w:p>"
    ),
    // Deleted text is not translated, inserted text is.
    (
      "<w:p>\(run("one "))<w:del w:id=\"1\"><w:r><w:delText>no</w:delText></w:r></w:del><w:ins w:id=\"2\">\(run("two"))</w:ins></w:p>",
      ["one [0][1]two[2]"],
      "<w:p>\(run("ONE "))<w:del w:id=\"1\"><w:r><w:delText>no</w:delText></w:r></w:del><w:ins w:id=\"2\">\(run("TWO"))</w:ins></w:p>"
    ),
    // A content control is a segment of its own.
    (
      "<w:p>\(run("name: "))<w:sdt><w:sdtPr/><w:sdtContent>\(run("type here"))</w:sdtContent></w:sdt></w:p>",
      ["name:", "type here"],
      "<w:p>\(run("NAME: "))<w:sdt><w:sdtPr/><w:sdtContent>\(run("TYPE HERE"))</w:sdtContent></w:sdt></w:p>"
    ),
    // A text box is in the run of a paragraph.
    (
      "<w:p><w:r><w:t>out</w:t><w:pict><w:txbxContent><w:p>\(run("in"))</w:p></w:txbxContent></w:pict></w:r>\(run("side"))</w:p>",
      ["out[0]side", "in"],
      "<w:p><w:r><w:t xml:space=\"preserve\">OUT</w:t><w:pict><w:txbxContent><w:p>\(run("IN"))</w:p></w:txbxContent></w:pict>"
        + "<w:t xml:space=\"preserve\">SIDE</w:t></w:r></w:p>"
    ),
    // A formula is a word.
    (
      "<w:p>\(run("let "))<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>\(run(" be"))</w:p>", ["let [0] be"],
      "<w:p>\(run("LET "))<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>\(run(" BE"))</w:p>"
    ),
    // Without words, nothing changes.
    (
      "<w:p><w:r><w:t>12 </w:t></w:r><w:r><w:t>34</w:t></w:r></w:p><w:p/>", [],
      "<w:p><w:r><w:t>12 </w:t></w:r><w:r><w:t>34</w:t></w:r></w:p><w:p/>"
    ),
    // A table.
    (
      "<w:tbl><w:tr><w:tc><w:p>\(run("a cell"))</w:p></w:tc></w:tr></w:tbl>", ["a cell"],
      "<w:tbl><w:tr><w:tc><w:p>\(run("A CELL"))</w:p></w:tc></w:tr></w:tbl>"
    ),
  ]

  /// All of these paragraphs.
  static var everything: String { paragraphs.map(\.body).joined() }

  @Test(arguments: paragraphs.indices) func paragraphsKeepTheirStructure(index: Int) throws {
    let (body, lines, expected) = Self.paragraphs[index]
    let package = try TestPackage.docx(body)
    #expect(try TestPackage.lines(package) == lines)
    #expect(try TestPackage.body(of: TestPackage.filled(package) { $0.uppercased() }) == expected)
    // An empty translation leaves what is there.
    #expect(try TestPackage.body(of: TestPackage.filled(package) { _ in "" }) == body)
  }

  @Test func formatsFollowTheirWords() throws {
    let package = try TestPackage.docx(
      "<w:p>\(Self.run("the "))\(Self.run("red", "<w:b/>"))\(Self.run(" house"))</w:p>")
    let filled = try TestPackage.filled(package) { _ in "a casa \(mark(0))vermelha\(mark(1))" }
    #expect(
      try TestPackage.body(of: filled) == "<w:p>\(Self.run("a casa "))\(Self.run("vermelha", "<w:b/>"))</w:p>"
    )
  }

  /// Whatever a translation does to marks, the document stays well-formed.
  @Test func linksStayNested() throws {
    let link =
      "<w:ins w:id=\"1\"><w:hyperlink w:id=\"2\">\(Self.run("b"))</w:hyperlink>\(Self.run("c"))</w:ins>"
    let package = try TestPackage.docx("<w:p>\(Self.run("a "))\(link)\(Self.run(" d"))</w:p>")
    #expect(try TestPackage.lines(package) == ["a [0][1]b[2]c[3] d"])
    let marks = (0..<4).map { mark(UInt32($0)) }
    for order in [[0, 1, 3, 2], [3, 2, 1, 0], [1, 0, 2, 3], [2, 1, 0, 3]] {
      let filled = try TestPackage.filled(package) { _ in order.map { "x\(marks[$0])" }.joined() + "y" }
      #expect(throws: Never.self) { try TestPackage.lines(filled) }
      let body = try TestPackage.body(of: filled)
      #expect(body.filter { $0 == "x" }.count >= 4 && body.contains("<w:hyperlink"), "\(body)")
    }
    // Without one of them, the paragraph stays as it is.
    let left = try PackageDocument(contents: package, path: "p").filled(["x\(marks[0])y"])
    #expect(left.left == 1)
  }

  @Test func rangesEndAfterTheyBegin() throws {
    func start(_ id: Int) -> String { "<w:bookmarkStart w:id=\"\(id)\" w:name=\"x\"/>" }
    func end(_ id: Int) -> String { "<w:bookmarkEnd w:id=\"\(id)\"/>" }
    let package = try TestPackage.docx(
      "<w:p>\(Self.run("a"))\(start(1))\(Self.run("b"))\(start(2))\(Self.run("c"))\(end(1))\(Self.run("d"))\(end(2))"
        + "\(Self.run("e"))</w:p>")
    #expect(try TestPackage.lines(package) == ["a[0]b[1]c[2]d[3]e"])
    let filled = try TestPackage.filled(package) { _ in "\(mark(2))a\(mark(1))\(mark(0))b\(mark(3))" }
    #expect(
      try TestPackage.body(of: filled)
        == "<w:p>\(Self.run("a"))\(start(2))\(start(1))\(end(1))\(Self.run("b"))\(end(2))</w:p>")
  }

  @Test func allTextIsFoundAndNothingElseChanges() throws {
    func part(_ root: String, _ text: String) -> [UInt8] {
      Array("<w:\(root) xmlns:w=\"\(TestPackage.word)\"><w:p>\(Self.run(text))</w:p></w:\(root)>".utf8)
    }
    let package = try TestPackage.docx(
      "<w:p>\(Self.run("body"))</w:p>",
      [
        ("word/header1.xml", part("hdr", "header")), ("word/footnotes.xml", part("footnotes", "note")),
        ("word/comments.xml", part("comments", "comment")), ("word/other.xml", part("x", "other")),
        ("customXml/item 1.bin", [0, 1, 2]),
      ])
    #expect(try TestPackage.lines(package) == ["body", "header", "note"])
    let filled = try TestPackage.filled(package) { $0.uppercased() }
    #expect(try TestPackage.entries(of: filled).map(\.name) == TestPackage.entries(of: package).map(\.name))
    for (old, new) in zip(try TestPackage.entries(of: package), try TestPackage.entries(of: filled)) {
      let changes = ["word/document.xml", "word/header1.xml", "word/footnotes.xml"].contains(old.name)
      #expect((try old.contents() == new.contents()) != changes, "\(old.name)")
      #expect(old.isStored == new.isStored)
    }
  }

  @Test func prefixesMayDiffer() throws {
    let package = try TestPackage.docx("<x:p><x:r><x:t>one</x:t></x:r></x:p>", prefix: "x")
    let filled = try TestPackage.filled(package) { $0.uppercased() }
    #expect(
      try TestPackage.part("word/document.xml", of: filled).contains(
        "<x:p><x:r><x:t xml:space=\"preserve\">ONE</x:t></x:r></x:p>"))
  }

  /// A table of contents is a field over several paragraphs.
  @Test func fieldsOfSeveralParagraphs() throws {
    func character(_ type: String) -> String { "<w:r><w:fldChar w:fldCharType=\"\(type)\"/></w:r>" }
    let package = try TestPackage.docx(
      "<w:p>\(character("begin"))<w:r><w:instrText>TOC</w:instrText></w:r></w:p><w:p><w:r><w:t>no</w:t></w:r>"
        + "\(character("separate"))\(Self.run("one"))</w:p><w:p>\(Self.run("two"))\(character("end"))\(Self.run("three"))</w:p>"
    )
    #expect(try TestPackage.lines(package) == ["one", "two", "three"])
  }
}

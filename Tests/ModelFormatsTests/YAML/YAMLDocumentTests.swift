import Files
import ModelFormats
import Testing

@Suite struct YAMLDocumentTests {
  private func parse(_ text: String) throws -> YAMLNode {
    try YAMLDocument(parsing: Array(text.utf8), path: "a.yml").root
  }

  private func plain(_ text: String) -> YAMLNode { .scalar(text, isQuoted: false) }
  private func quoted(_ text: String) -> YAMLNode { .scalar(text, isQuoted: true) }

  @Test func readsAConfigurationOfMarian() throws {
    let node = try parse(
      """
      # Marian configuration file
      authors: false
      dim-vocabs:
        - 32000
        - 32000
      models:
      - model.npz   # a comment
      -   other.npz
      shortlist:
          - lex.s2t
          - false
      train-sets: []
      options: {a: 1, b: [x, "y, z"], c: {}}
      empty:
      quoted: "6"
      long: several words
        and more
      label#1: a#b
      url: http://x:y
      """)
    #expect(node["authors"]?.bool == false)
    #expect(node["dim-vocabs"]?.strings == ["32000", "32000"])
    #expect(node["models"]?.strings == ["model.npz", "other.npz"])
    #expect(node["shortlist"]?.strings == ["lex.s2t", "false"])
    #expect(node["train-sets"] == .list([]))
    #expect(node["options"]?["a"]?.int == 1)
    #expect(node["options"]?["b"] == .list([plain("x"), quoted("y, z")]))
    #expect(node["options"]?["c"] == .map([]))
    #expect(node["empty"]?.isNull == true && node["empty"]?.strings == [])
    #expect(node["quoted"]?.int == 6)
    #expect(node["long"]?.text == "several words and more")
    #expect(node["label#1"]?.text == "a#b")
    #expect(node["url"]?.text == "http://x:y")
    #expect(node["none"] == nil)
  }

  @Test func keysStayText() throws {
    let words = [
      "yes", "null", "~", "1.0", "=", "<<", "no", "0x1f", "-", ".", "on", "1_000", "2001-01-01", "?x", "-x",
      "a b",
    ]
    let node = try parse(words.map { ($0 == "-" ? "'-'" : $0) + ": 1\n" }.joined())
    #expect(node.pairs.map(\.key) == words)
  }

  @Test func readsQuotedAndLongKeys() throws {
    let node = try parse(
      #"""
      "\x85": 0
      'it''s': 1
      "\"\\\t\u00e9\U0001f600\/": 2
      ? a long key
      : 3
      ? "b: c"
      : - 4
      "": 5
      ? alone
      'x' : 6
      : 7
      "\ud83d\ude00": 8
      ? m
      : a: 9
        b: 10
      """#)
    #expect(
      node.pairs.map(\.key) == [
        "\u{85}", "it's", "\"\\\té😀/", "a long key", "b: c", "", "alone", "x", "", "😀", "m",
      ])
    #expect(node["b: c"] == .list([plain("4")]))
    #expect(node["alone"]?.isNull == true)
    #expect(node.pairs[8].value.int == 7)
    #expect(node["m"]?["b"]?.int == 10)
  }

  @Test func readsNestedBlocks() throws {
    let node = try parse(
      "- a: 1\n  b:\n    - - x\n      - y\n    -\n      c: 2\n- d\n-\n- !!str e\n- ! 'f'\n")
    let inner: YAMLNode = .list([
      .list([plain("x"), plain("y")]), .map([.init(key: "c", value: plain("2"))]),
    ])
    #expect(
      node
        == .list([
          .map([.init(key: "a", value: plain("1")), .init(key: "b", value: inner)]), plain("d"), .missing,
          plain("e"), quoted("f"),
        ]))
  }

  @Test func readsJSON() throws {
    let node = try parse("{\"a\":1,\n\t\"b\" : [true, null, \"x\"],\"c\":{\"d\":\"\"}}\n")
    #expect(node.pairs.map(\.key) == ["a", "b", "c"])
    #expect(node["b"]?.strings == ["true", "null", "x"])
    #expect(node["c"]?["d"] == quoted(""))
    #expect(
      try parse("[a b\n c, ? d\n\n\te : f]")
        == .list([
          plain("a b c"), .map([.init(key: "d\ne", value: plain("f"))]),
        ]))
    #expect(try parse("[a: 1, ]") == .list([.map([.init(key: "a", value: plain("1"))])]))
  }

  @Test func readsBlockScalars() throws {
    let node = try parse("a: |\n  x\n    y\n\n  z\n\nb: >-\n  p\n  q\n\n  r\nc: |2+\n    i\n\nd: |\n")
    #expect(node["a"]?.text == "x\n  y\n\nz\n")
    #expect(node["b"]?.text == "p q\nr")
    #expect(node["c"]?.text == "  i\n\n")
    #expect(node["d"]?.text == "")
  }

  @Test func readsSeveralLinesInQuotes() throws {
    #expect(try parse("\"a  \n  b\n\n  c\\\n  d\"") == quoted("a b\ncd"))
    #expect(try parse("'a\n b'") == quoted("a b"))
  }

  @Test(arguments: ["", "# nothing", "---\n", "\u{feff}"])
  func emptyDocuments(text: String) throws { #expect(try parse(text) == .missing) }

  @Test func readsMarkersDirectivesAndLineEnds() throws {
    #expect(
      try parse("%YAML 1.2\n---\r\na: b\r\nc:\r\n- d\r\n...\r\n")
        == .map([
          .init(key: "a", value: plain("b")), .init(key: "c", value: .list([plain("d")])),
        ]))
  }

  static let wrong: [(text: String, line: Int, found: String)] = [
    ("a: &x [*x]", 1, "'&x [*x]'"), ("a: 1\nb: *a", 2, "'*a'"), ("&a [*a, *a]", 1, "'&a"),
    ("a: b: c", 1, "': c'"), ("a: 1\n b: 2", 2, "'b: 2'"), ("a:\n\t- b", 2, "'\t- b'"),
    ("- a\nb: 1", 2, "'b: 1'"),
    ("a: \"b", 1, "a text without end"), ("a: 'b", 1, "a text without end"), ("a: [b", 1, "the end"),
    ("a: \"\\q\"", 1, "'q\"'"), ("a: \"\\ud800\"", 1, "'\"'"), ("[a, b]]", 1, "']'"), ("{[a]: b}", 1, "'}'"),
    ("a: @b", 1, "'@b'"), ("a: !custom b", 1, "'!custom b'"), ("a: 1\n---\nb: 2", 2, "'---'"),
    ("a: \"b\" c", 1, "'c'"), ("foo\nbar: 1", 2, "'bar: 1'"),
  ]

  @Test(arguments: wrong)
  func errorsNameTheLine(item: (text: String, line: Int, found: String)) {
    let error = message { _ = try parse(item.text) }
    #expect(error.contains("a.yml: line \(item.line): found \(item.found)"), "\(error)")
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func deepNestingIsAnError(start: String) {
    #expect(throws: FileError.self) { try parse(String(repeating: start, count: 100_000)) }
    let steps = (0..<1000).map { String(repeating: " ", count: $0) + "a:\n" }
    #expect(throws: FileError.self) { try parse(steps.joined()) }
  }

  @Test func countlessValuesAreAnError() {
    let values = "[" + String(repeating: "a,", count: 4_000_001) + "]"
    #expect(message { _ = try parse(values) }.contains("at most 4000000 values"))
  }

  @Test func brokenUTF8IsAnError() {
    #expect(throws: FileError.self) { try YAMLDocument(parsing: [0x61, 0x3a, 0x20, 0xff], path: "a.yml") }
  }

  @Test func typedAccessIsThatOfYAMLCPP() {
    for word in ["y", "Yes", "TRUE", "on"] { #expect(YAMLNode.plain(word).bool == true) }
    for word in ["n", "No", "FALSE", "off"] { #expect(YAMLNode.plain(word).bool == false) }
    for word in ["yEs", "1", "", "~"] { #expect(YAMLNode.plain(word).bool == nil) }
    for (word, value) in [("12", 12), ("-3", -3), ("0x1F", 31), ("010", 8), ("0", 0), ("+5", 5)] {
      #expect(YAMLNode.plain(word).int == value)
    }
    for word in ["1.0", "", "a", "1e3", "--1", "99999999999999999999", "0x", "٣"] {
      #expect(YAMLNode.plain(word).int == nil)
    }
    #expect(YAMLNode.plain("1e-4").float == 1e-4)
    #expect(YAMLNode.plain("-.inf").float == -.infinity)
    for word in ["inf", "nan", "0x1p3", ""] { #expect(YAMLNode.plain(word).float == nil) }
  }

  @Test func writtenDocumentsAreReadAgain() throws {
    let node = YAMLNode.map(
      [
        .init(key: "relative-paths", value: .plain(true)),
        .init(key: "models", value: .list([.plain("model.npz")])),
        .init(key: "none", value: .missing), .init(key: "empty", value: .list([])),
        .init(
          key: "nested",
          value: .map([
            .init(
              key: "list", value: .list([.map([.init(key: "a", value: .plain(1.5))]), .list([quoted("")])]))
          ])),
      ]
        + ["yes", "it's", "\u{85}\u{1}é\n\"\\", "- x", "#", "a: b", "1", "", "[", "@", "a ", "*", "---", "é"]
        .map {
          .init(key: $0, value: quoted($0))
        })
    let text = YAMLDocument(node).text
    #expect(
      text.hasPrefix("relative-paths: true\nmodels:\n  - model.npz\nnone:\nempty: []\nnested:\n  list:\n"))
    #expect(try parse(text) == node)
    for word in ["- x", "#", "a: b", "[", "*", "a ", "x #y", "&"] {
      let back = try parse(YAMLDocument(.map([.init(key: "k", value: .plain(word))])).text)
      #expect(back["k"] == quoted(word))
    }
  }
}

import CorpusFormats
import Foundation
import RandomNumbers
import Testing

/// Documents, from segments to translated documents.
@Suite struct TextDocumentTests {
  /// A translation in uppercase, with the marks where they are.
  private func shouted(_ text: String, _ format: DocumentFormat, _ markup: MarkupRules = MarkupRules())
    -> String
  {
    let document = TextDocument(contents: Array(text.utf8), format: format, markup: markup)
    return String(
      decoding: document.filled(document.lines.map { $0.text.uppercased() }).contents, as: UTF8.self)
  }

  static let pages: [(page: String, expected: String)] = [
    ("<p>one &amp; two</p>", "<p>ONE &amp; TWO</p>"),
    (
      "<p class=\"a\">\n  one <b>two</b>\n</p><!-- no -->",
      "<p class=\"a\">\n  ONE <b>TWO</b>\n</p><!-- no -->"
    ),
    ("<p>a&nbsp;b &lt;c&gt; &eacute;</p>", "<p>A&nbsp;B &lt;C&gt; É</p>"),
    ("<script>var a = '<p>no</p>'</script><p>yes</p>", "<script>var a = '<p>no</p>'</script><p>YES</p>"),
    (
      "<p>see <code>x &lt; y</code> now</p><pre>no</pre>", "<p>SEE <code>x &lt; y</code> NOW</p><pre>no</pre>"
    ),
    (
      "<p translate=\"no\">no</p><p>a <i translate='no'>no <b>x</b></i> b</p>",
      "<p translate=\"no\">no</p><p>A <i translate='no'>no <b>x</b></i> B</p>"
    ),
    ("<ul><li>one<li>two</ul>", "<ul><li>ONE<li>TWO</ul>"), ("one<br>two", "ONE<br>TWO"),
    ("<title>one</title><style>p{}</style>", "<title>ONE</title><style>p{}</style>"),
    ("a < b & <", "A < B & <"), ("a &lt;b&gt; &amp; c", "A &lt;B&gt; &amp; C"),
    ("<p>one <b>two", "<p>ONE <b>TWO"), ("one <p", "ONE <p"), ("one <!-- two", "ONE <!-- two"),
    ("</b>one</i>", "</b>ONE</i>"), ("<!DOCTYPE html>one", "<!DOCTYPE html>ONE"),
    ("<p>12 &mdash; 3</p>", "<p>12 &mdash; 3</p>"),
    ("<a href='x?a=1&b=2' title='no'>one</a> two", "<a href='x?a=1&b=2' title='no'>ONE</a> TWO"),
    ("<p>one &unknown; two</p>", "<p>ONE &unknown; TWO</p>"), ("<p>one\n   two</p>", "<p>ONE TWO</p>"),
    ("<SCRIPT>no</SCRIPT>one", "<SCRIPT>no</SCRIPT>ONE"), ("<script>no", "<script>no"),
  ]

  @Test(arguments: pages) func pagesKeepTheirStructure(page: String, expected: String) {
    #expect(shouted(page, .html) == expected)
  }

  static let texts: [(text: String, expected: String)] = [
    ("# one\n\ntwo *three* `four`\n", "# ONE\n\nTWO *THREE* `four`\n"),
    ("---\ntitle: no\n---\none\n", "---\ntitle: no\n---\nONE\n"),
    ("```sh\nno\n```\none\n\n    no\n", "```sh\nno\n```\nONE\n\n    no\n"),
    ("- one\n- [x] two\n  1. three\n> four\n", "- ONE\n- [x] TWO\n  1. THREE\n> FOUR\n"),
    (
      "see [the page](http://x.org/a \"t\") and ![a cat](cat.png)\n",
      "SEE [THE PAGE](http://x.org/a \"t\") AND ![A CAT](cat.png)\n"
    ),
    ("| one | two |\n| --- | :-: |\n| three | `no` |\n", "| ONE | TWO |\n| --- | :-: |\n| THREE | `no` |\n"),
    ("one\n===\n\ntwo\n---\n***\n", "ONE\n===\n\nTWO\n---\n***\n"),
    ("[a]: http://x.org\n", "[a]: http://x.org\n"),
    ("one\ntwo\r\nthree", "ONE\nTWO\r\nTHREE"),
    ("a **b** __c__ ~~d~~ 2 * 3\n", "A **B** __C__ ~~D~~ 2 * 3\n"),
    ("<div>\n<b>one</b>\n</div>\n\ntwo <br/> three\n", "<div>\n<b>ONE</b>\n</div>\n\nTWO <br/> THREE\n"),
    ("one \\* <http://x.org> [^1]\n", "ONE \\* <http://x.org> [^1]\n"), ("> one\n> two\n", "> ONE\n> TWO\n"),
    ("## one ##\n", "## ONE ##\n"), ("#no", "#NO"),
  ]

  @Test(arguments: texts) func markdownKeepsItsStructure(text: String, expected: String) {
    #expect(shouted(text, .markdown) == expected)
  }

  static let subtitles: [(text: String, expected: String)] = [
    (
      "1\n00:00:01,000 --> 00:00:02,000\none two\nthree\n\n2\n00:00:03,000 --> 00:00:04,000\n<i>four</i>\n",
      "1\n00:00:01,000 --> 00:00:02,000\nONE TWO\nTHREE\n\n2\n00:00:03,000 --> 00:00:04,000\n<i>FOUR</i>\n"
    ),
    (
      "\u{FEFF}1\r\n00:00:01,000 --> 00:00:02,000\r\n- one\r\n- two\r\n",
      "\u{FEFF}1\r\n00:00:01,000 --> 00:00:02,000\r\n- ONE\r\n- TWO\r\n"
    ),
    (
      "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}one\n2\n00:00:03,000 --> 00:00:04,000\ntwo",
      "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}ONE\n2\n00:00:03,000 --> 00:00:04,000\nTWO"
    ),
    ("no times\n", "no times\n"),
    ("1\n00:00:01,000 --> 00:00:02,000\n\n", "1\n00:00:01,000 --> 00:00:02,000\n\n"),
  ]

  @Test(arguments: subtitles) func subtitlesKeepTheirTimes(text: String, expected: String) {
    #expect(shouted(text, .srt) == expected)
  }

  @Test func linesOfACueAreOneSentence() {
    let text = "1\n00:00:01,000 --> 00:00:02,000\none two three\nfour <i>five six</i>\n"
    let document = TextDocument(contents: Array(text.utf8), format: .srt)
    #expect(document.lines.count == 1)
    // Twice as long: still two lines of about the same length.
    let marks = document.lines[0].text.unicodeScalars.filter { 0xE000...0xF8FF ~= $0.value }.map {
      String(Character($0))
    }
    let (contents, left) = document.filled(["aaa bbb ccc ddd eee fff \(marks[0])ggg hhh\(marks[1])"])
    #expect(left == 0)
    #expect(
      String(decoding: contents, as: UTF8.self)
        == "1\n00:00:01,000 --> 00:00:02,000\naaa bbb ccc ddd\neee fff <i>ggg hhh</i>\n")
  }

  static let trees: [(tree: String, expected: String)] = [
    (
      "<?xml version=\"1.0\"?>\n<d><p>one <b>two</b></p></d>",
      "<?xml version=\"1.0\"?>\n<d><p>ONE <b>TWO</b></p></d>"
    ),
    ("<d><title>one</title><br>two</br></d>", "<d><title>ONE</title><br>TWO</br></d>"),
    ("<p>one <![CDATA[<x>]]> two</p>", "<p>ONE <![CDATA[<x>]]> TWO</p>"),
    ("a <Ü.x>b</Ü.x> c", "A <Ü.x>B</Ü.x> C"), ("<script>one</script>", "<script>ONE</script>"),
    ("<a x=\"<b>\">one</a>", "<a x=\"<b>\">ONE</a>"), ("<a>one &amp; &lt;</a>", "<a>ONE &amp; &lt;</a>"),
  ]

  @Test(arguments: trees) func xml(tree: String, expected: String) {
    #expect(shouted(tree, .xml) == expected)
  }

  /// Elements that stand beside text, anywhere in the document, are within sentences; the others end them.
  @Test func structureIsFound() {
    func lines(_ text: String, _ change: (inout MarkupRules) -> Void = { _ in }) -> [String] {
      var rules = MarkupRules()
      change(&rules)
      let document = TextDocument(contents: Array(text.utf8), format: .xml, markup: rules)
      return document.lines.map { line in
        String(line.text.unicodeScalars.map { $0.value >= 0xE000 ? "|" : Character($0) })
      }
    }
    let text = "<d><p>one <b>two</b></p><p><b>three</b><b>four</b></p></d>"
    #expect(lines(text) == ["one |two|", "|three||four|"])
    #expect(lines(text) { $0.splitting = ["b"] } == ["one", "two", "three", "four"])
    #expect(lines(text) { $0.findsStructure = false } == ["|one |two||||three||four||"])
    #expect(lines("<d><p>one</p><p>two</p></d>") == ["one", "two"])
    #expect(lines("<d><p>one</p><p>two</p></d>") { $0.nonSplitting = ["p"] } == ["|one||two|"])
  }

  @Test func ignoredElementsStay() {
    var rules = MarkupRules()
    rules.ignored = ["x", "div"]
    #expect(
      shouted("<p>one <x>two <b>no</b></x> three</p>", .xml, rules) == "<p>ONE <x>two <b>no</b></x> THREE</p>"
    )
    #expect(
      shouted("<p>one <x>two</x></p><div>no</div>", .html, rules) == "<p>ONE <x>two</x></p><div>no</div>")
  }

  @Test func translationsWithoutTheirMarksAreLeft() {
    let document = TextDocument(contents: Array("<p>one <b>two</b> x</p><p>three</p>".utf8), format: .html)
    let (contents, left) = document.filled(["eins zwei", "drei"])
    #expect(String(decoding: contents, as: UTF8.self) == "<p>one <b>two</b> x</p><p>drei</p>")
    #expect(left == 1)
  }

  /// Nothing crashes, and no byte that is not text gets lost: with each segment as its own translation, a document is the
  /// same once more.
  @Test(arguments: DocumentFormat.allCases) func damagedDocumentsLoseNothing(format: DocumentFormat) {
    let seeds =
      switch format {
      case .html: Self.pages.map(\.page)
      case .xml: Self.trees.map(\.tree)
      case .markdown: Self.texts.map(\.text)
      case .srt: Self.subtitles.map(\.text)
      }
    var random = SplitMix64(state: 7)
    for _ in 0..<Mutation.count { Mutation.check(Mutation.make(seeds, &random), format) }
  }
}

/// Damaged documents.
enum Mutation {
  /// How many of each format; more in the environment for a long run.
  static let count = ProcessInfo.processInfo.environment["MUTATIONS"].flatMap { Int($0) } ?? 3000

  static let parts = [
    "<", ">", "</", "<b>", "</b>", "<p>", "&", ";", "&amp;", "\"", "'", "=", "<!--", "-->", "<script>",
    "</script>", "`", "*",
    "_", "[", "](", ")", "\n", "\r\n", " ", "|", "-->", "\u{E000}", "é", "<pre>", "</pre>", "```", "- ", "> ",
    "\\", "#", "---",
  ]

  static func make(_ seeds: [String], _ random: inout SplitMix64) -> [UInt8] {
    var bytes = Array(
      (0..<3).map { _ in seeds[Int.random(in: 0..<seeds.count, using: &random)] }.joined().utf8)
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 0...9, using: &random)))
      case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
      case 2:
        bytes.insert(
          contentsOf: Array(parts[Int.random(in: 0..<parts.count, using: &random)].utf8), at: place)
      default: bytes = Array(bytes[place...] + bytes[..<place])
      }
    }
    return bytes
  }

  static func check(_ bytes: [UInt8], _ format: DocumentFormat) {
    let document = TextDocument(contents: bytes, format: format)
    let lines = document.lines
    #expect(document.filled(lines.map { _ in "" }).contents == bytes)
    // What does not stand for itself: spaces that were several, and characters that must be escaped.
    func visible(_ bytes: [UInt8]) -> [UInt8] {
      let text = String(decoding: bytes, as: UTF8.self).replacing("&amp;", with: "&").replacing(
        "&lt;", with: "<"
      )
      .replacing("&gt;", with: ">")
      return Array(text.utf8.filter { $0 > 0x20 })
    }
    let same = document.filled(lines.map(\.text)).contents
    // Entities may be written in another way, such as `&#65;`.
    if format == .html || format == .xml, bytes.contains(UInt8(ascii: "&")) { return }
    // The mark of a quotation is before another word, or left out, where a line cannot begin as it did.
    if format == .markdown {
      func text(_ bytes: [UInt8]) -> [UInt8] { visible(bytes).filter { $0 != UInt8(ascii: ">") } }
      #expect(text(same) == text(bytes), "\(String(decoding: bytes, as: UTF8.self))")
    } else {
      #expect(visible(same) == visible(bytes), "\(String(decoding: bytes, as: UTF8.self))")
    }
  }
}

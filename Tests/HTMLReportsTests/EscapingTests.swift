import HTMLReports
import Testing

@Suite struct EscapingTests {
  @Test(arguments: [
    ("</script><img onerror=x>", "&lt;/script&gt;&lt;img onerror=x&gt;"),
    ("a & \"b\" 'c'", "a &amp; &quot;b&quot; &#39;c&#39;"),
    ("\u{0}\u{1B}[31m\u{7F}\u{85}", "\u{FFFD}\u{FFFD}[31m\u{FFFD}\u{FFFD}"),
    ("tab\tnew\nline é ü 😀 中", "tab\tnew\nline é ü 😀 中"), ("", ""),
  ])
  func textIsHarmless(_ text: String, _ markup: String) {
    #expect(HTML.text(text).markup == markup)
    #expect(HTML.element("p", ["title": text]).markup == "<p title=\"\(markup)\"></p>")
    let literal: HTML = "\(text)"
    #expect(literal.markup == markup)
  }

  @Test(arguments: [0xFFFE, 0xFFFF, 0x1FFFF, 0xFDD0, 0xFDEF] as [UInt32]) func nonCharactersAreHarmless(
    _ value: UInt32
  ) {
    #expect(HTML.text(String(Unicode.Scalar(value)!)).markup == "\u{FFFD}")
  }

  @Test func invalidUTF8IsHarmless() {
    // A surrogate and an overlong `<`, as a careless program would write them.
    let text = String(decoding: [0xED, 0xA0, 0x80, 0xC0, 0xBC, 0x3C] as [UInt8], as: UTF8.self)
    let markup = HTML.text(text).markup
    #expect(markup.hasSuffix("&lt;") && !markup.contains("<"))
  }

  @Test func piecesInLiteralsStayPieces() {
    let text = "<x>"
    let html: HTML = "a & \(text) \(HTML.element("b", [:], "\(7)"))"
    #expect(html.markup == "a &amp; &lt;x&gt; <b>7</b>")
  }

  @Test func attributesWithoutAValueAreLeftOut() {
    #expect(
      HTML.element("details", ["open": nil, "class": "a"], "x").markup == "<details class=\"a\">x</details>")
    #expect(HTML.element("br").markup == "<br>")
  }

  @Test func userTextKeepsItsDirectionToItself() {
    #expect(HTML.userText("a<b", language: "de").markup == "<bdi lang=\"de\">a&lt;b</bdi>")
  }
}

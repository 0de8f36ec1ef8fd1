import CorpusFormats
import Testing

/// What hostile or damaged XML does: an error, in memory that does not grow.
@Suite struct XMLTests {
  private func message(ofTMX body: String, _ prolog: String = "") -> String {
    CorpusFormatsTests.message {
      _ = try units("\(prolog)<tmx><header srclang='a'/><body>\(body)</body></tmx>", "a.tmx")
    }
  }

  @Test(arguments: [
    // Ten entities of ten entities of …
    "<!DOCTYPE tmx [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>",
    // One long entity, many times.
    "<!DOCTYPE tmx [<!ENTITY a '\(String(repeating: "a", count: 100_000))'>]>",
    "<!DOCTYPE tmx [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
    "<!DOCTYPE tmx [<!ENTITY % a SYSTEM 'file:///etc/passwd'> %a;]>",
  ])
  func entitiesAreRefused(prolog: String) {
    let message = message(ofTMX: "<tu><tuv lang='a'><seg>&a;</seg></tuv></tu>", prolog)
    #expect(message.contains("a declaration of the entity"), "\(message)")
  }

  @Test func theFiveEntitiesMayBeDeclared() {
    #expect(message(ofTMX: "", "<!DOCTYPE tmx [<!ENTITY lt '&#38;#60;'>]>") == "")
  }

  @Test func entitiesOfADTDAreErrors() {
    let message = message(
      ofTMX: "<tu><tuv lang='a'><seg>&nbsp;</seg></tuv></tu>",
      "<!DOCTYPE tmx SYSTEM 'http://localhost/a.dtd'>")
    #expect(message.contains("&nbsp;"), "\(message)")
  }

  @Test func depthIsLimited() {
    let message = message(ofTMX: "<tu><tuv lang='a'><seg>" + String(repeating: "<hi>", count: 100_000))
    #expect(message.contains("nested elements") && message.contains("column"), "\(message)")
  }

  @Test(arguments: ["<tu><tuv>", "<tu></body>", "<tu a=1/>", "\u{0}", "<tu>&#0;</tu>"])
  func damagedFilesAreErrors(body: String) {
    let message = message(ofTMX: body)
    #expect(message.contains("line 1, column"), "\(message)")
  }

  @Test func invalidEncodingsAreErrors() {
    let utf8 = Array("<tmx><body>".utf8) + [0xff, 0xc0, 0x80] + Array("</body></tmx>".utf8)
    #expect(CorpusFormatsTests.message { _ = try units(utf8, "a.tmx") }.contains("column"))
    var utf16 = "<tmx><body>x</body></tmx>".utf16()
    utf16.replaceSubrange(24..<26, with: [0x00, 0xd8])
    #expect(CorpusFormatsTests.message { _ = try units(utf16, "a.tmx") } != "")
    let unknown = Array("<?xml version='1.0' encoding='no-such'?><tmx/>".utf8)
    #expect(CorpusFormatsTests.message { _ = try units(unknown, "a.tmx") }.contains("encoding"))
  }

  @Test func longTagsAreRefused() {
    let text = "<tmx a='" + String(repeating: "x", count: 40 << 20) + "'/>"
    #expect(
      CorpusFormatsTests.message { _ = try units(text, "a.tmx") }.contains("a tag or comment of more than"))
  }

  @Test func manyTextsOfOneUnitAreRefused() {
    let message = message(
      ofTMX: "<tu>" + String(repeating: "<tuv xml:lang='a'><seg>x</seg></tuv>", count: 20_000) + "</tu>")
    #expect(message.contains("more than 10000 texts"), "\(message)")
  }

  /// A segment in very many stretches, and one of nothing but placeholders; neither may take time by its square.
  @Test func longSegmentsKeepTheirSigns() throws {
    let stretches = String(repeating: "a<![CDATA[b]]>", count: 300_000)
    let signs = String(repeating: "%d{&amp;", count: 100_000)
    for text in [stretches, signs] {
      let file =
        "<tmx><header srclang='a'/><body><tu><tuv lang='a'><seg>\(text)</seg></tuv></tu></body></tmx>"
      let result = try filled(file, "a.tmx", FillOptions(to: "b"))
      #expect(
        result.split(separator: "%d").count == 2 * file.split(separator: "%d").count - 1
          && result.count > file.count)
    }
  }

  @Test func longSegmentsAreRefused() {
    let message = message(ofTMX: "<tu><tuv lang='a'><seg>" + String(repeating: "x\n", count: 20 << 20))
    #expect(message.contains("a segment of more than"), "\(message)")
  }
}

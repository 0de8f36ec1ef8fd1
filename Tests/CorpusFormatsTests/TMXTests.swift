import CorpusFormats
import Testing

@Suite struct TMXTests {
  static let memory = """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE tmx SYSTEM "tmx14.dtd">
    <tmx version="1.4">
      <header creationtool="x" srclang="EN-us" adminlang="en" datatype="xml" segtype="sentence" o-tmf="x"/>
      <body>
        <tu tuid="1">
          <note>hint</note>
          <tuv xml:lang="de-DE"><seg>Hallo &amp; <bpt i="1">&lt;b></bpt>Welt<ept i="1">&lt;/b></ept></seg></tuv>
          <tuv xml:lang="en-US"><prop type="x">y</prop><seg>Hello &amp; <bpt i="1">&lt;b></bpt>world<ept i="1">&lt;/b></ept></seg></tuv>
        </tu>
        <tu tuid='2'>
          <tuv xml:lang="en-us"><seg>Empty</seg></tuv>
          <tuv xml:lang="de"><seg/></tuv>
        </tu>
        <tu>
          <tuv xml:lang="EN-US"><seg>Missing <ph x="1">{0}</ph> here<![CDATA[ <x>]]></seg></tuv>
        </tu>
      </body>
    </tmx>
    """

  @Test func readsTexts() throws {
    let units = try units(Self.memory, "a.tmx")
    #expect(units.map(\.state) == [.translated, .untranslated, .untranslated])
    #expect(units[0].id == "1" && units[0].notes == ["hint"])
    #expect(units[0].source[0].plain == "Hello & world" && units[0].targets[0][0].plain == "Hallo & Welt")
    #expect(
      units[0].source[0].tags == [
        InlineTag(.opening, code: "<bpt i=\"1\">&lt;b></bpt>"),
        InlineTag(.closing, code: "<ept i=\"1\">&lt;/b></ept>"),
      ])
    #expect(units[2].source[0].plain == "Missing  here <x>")
  }

  @Test(arguments: [false, true]) func readsUTF16(bigEndian: Bool) throws {
    let text = Self.memory.replacing("UTF-8", with: "UTF-16").replacing("Welt", with: "Wélt 🙂")
    let bytes = text.utf16(bigEndian: bigEndian)
    let units = try units(bytes, "a.tmx")
    #expect(
      units[0].targets[0][0].plain == "Hallo & Wélt 🙂"
        && units[0].source[0].tags[0].code == "<bpt i=\"1\">&lt;b></bpt>")
    // Filled in the same encoding; nothing else changes.
    let result = try filled(bytes, "a.tmx", FillOptions(to: "de"))
    let expected = try filled(text, "a.tmx", FillOptions(to: "de"))
    #expect(result == expected.utf16(bigEndian: bigEndian))
    #expect(try filled(result, "a.tmx", FillOptions(to: "de")) == result)
  }

  @Test(
    arguments: [
      ("windows-1251", [0xcf, 0xf0, 0xe8], "При"), ("Shift_JIS", [0x93, 0xfa, 0x96, 0x7b], "日本"),
      ("ISO-8859-1", [0xe9], "é"), ("us-ascii", [0x65], "e"),
    ] as [(String, [UInt8], String)])
  func readsOtherEncodings(name: String, bytes: [UInt8], text: String) throws {
    let file =
      Array(
        "<?xml version='1.0' encoding='\(name)'?><tmx><header srclang='a'/><body><tu><tuv lang='a'><seg>".utf8
      )
      + bytes + Array("</seg></tuv><tuv lang='b'><seg>x</seg></tuv></tu></body></tmx>".utf8)
    #expect(pairs(try units(file, "a.tmx")) == ["\(text)=x"])
    #expect(try filled(file, "a.tmx") == file)
    // Characters that the encoding lacks become references.
    let options = FillOptions(to: "b", overwrites: true)
    let document = try DocumentTranslation(contents: file, path: "a.tmx", options: options)
    let result = try document.filled { $0.map { _ in "ş" } }
    #expect(String(decoding: result.contents, as: UTF8.self).contains("<seg>&#351;</seg>"))
  }

  @Test func fillsWhatIsMissing() throws {
    let mark = "<prop type=\"x-state\">needs-review-translation</prop>"
    let expected = Self.memory
      .replacing("<tuv xml:lang=\"de\"><seg/>", with: "<tuv xml:lang=\"de\">\(mark)<seg>EMPTY</seg>")
      .replacing(
        " <x>]]></seg></tuv>",
        with:
          " <x>]]></seg></tuv>\n      <tuv xml:lang=\"de\">\(mark)<seg>MISSING <ph x=\"1\">{0}</ph> HERE &lt;x&gt;</seg></tuv>"
      )
    #expect(try filled(Self.memory, "a.tmx", FillOptions(to: "de")) == expected)
  }

  @Test func severalLanguages() throws {
    func tu(_ texts: (String, String)...) -> String {
      "<tu>" + texts.map { "<tuv xml:lang='\($0.0)'><seg>\($0.1)</seg></tuv>" }.joined() + "</tu>"
    }
    let text =
      "<tmx><header srclang='*all*'/><body>"
      + tu(("en-GB", "colour"), ("en", "color"), ("pt-PT", "cor (PT)"), ("fr", "couleur"), ("fr", "teinte"))
      + "</body></tmx>"
    #expect(pairs(try units(text, "a.tmx", from: "en", to: "fr")) == ["color=couleur", "color=teinte"])
    #expect(pairs(try units(text, "a.tmx", from: "en-GB", to: "pt")) == ["colour=cor (PT)"])
    #expect(pairs(try units(text, "a.tmx", from: "fra", to: "eng")) == ["couleur=color"])
    #expect(pairs(try units(text, "a.tmx", from: "en", to: "pt-BR")) == [])
    #expect(message { _ = try units(text, "a.tmx") }.contains("--source-language"))
    #expect(message { _ = try units(text, "a.tmx", from: "en-GB") }.contains("--target-language"))
  }

  @Test func withoutASourceLanguageTheFirstTextIsTheSource() throws {
    let text =
      "<tmx><header/><body><tu><tuv lang='x-a'><seg>1</seg></tuv><tuv lang='x-b'><seg>2</seg></tuv></tu></body></tmx>"
    #expect(pairs(try units(text, "a.tmx")) == ["1=2"])
  }
}

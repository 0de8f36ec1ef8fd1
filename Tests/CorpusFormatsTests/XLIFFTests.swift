import CorpusFormats
import Testing

@Suite struct XLIFFTests {
  static let first = """
    <?xml version="1.0"?>
    <xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
    <file original="a" source-language="en" target-language="de" datatype="x"><body>
      <group><trans-unit id="1" resname="r">
        <source>Click <g id="1">here</g><x id="2"/>!</source>
        <target state='new'></target>
        <note>n</note>
        <alt-trans><source>no</source><target>nein</target></alt-trans>
      </trans-unit></group>
      <trans-unit id="2"><source>Yes</source><target state="translated">Ja</target></trans-unit>
      <trans-unit id="3"><source>Look <![CDATA[<b>]]></source><target state="needs-review-translation">Schau</target></trans-unit>
      <trans-unit id="4" translate="no"><source>Keep</source></trans-unit>
      <trans-unit id="5">
        <source>One. Two.</source>
        <seg-source><g id="1"><mrk mtype="seg" mid="0">One.</mrk> <mrk mtype="seg" mid="1">Two.</mrk></g></seg-source>
      </trans-unit>
      <trans-unit id="6"><source>A. B.</source><seg-source><mrk mtype="seg" mid="0">A.</mrk> <mrk mtype="seg" mid="1">B.</mrk></seg-source><target><mrk mtype="seg" mid="0">Ä.</mrk> <mrk mtype="seg" mid="1"/></target></trans-unit>
    </body></file></xliff>
    """

  @Test func readsVersion1() throws {
    let units = try units(Self.first, "a.xlf")
    #expect(units.map(\.id) == ["1", "2", "3", "4", "5", "5", "6", "6"])
    #expect(
      units.map(\.state) == [
        .untranslated, .translated, .needsReview, .doNotTranslate, .untranslated, .untranslated, .translated,
        .untranslated,
      ])
    #expect(pairs(units) == ["Yes=Ja", "Look <b>=Schau", "A.=Ä."])
    #expect(units[0].source[0].plain == "Click here!" && units[0].context == "r" && units[0].notes == ["n"])
    #expect(units[0].source[0].tags.map(\.code) == ["<g id=\"1\">", "</g>", "<x id=\"2\"/>"])
    #expect(units[0].sourceLanguage == "en" && units[0].targetLanguage == "de")
  }

  @Test func fillsVersion1() throws {
    let state = "state=\"needs-review-translation\""
    let expected = Self.first
      .replacing(
        "<target state='new'></target>",
        with: "<target state='needs-review-translation'>CLICK <g id=\"1\">HERE</g><x id=\"2\"/>!</target>"
      )
      .replacing(
        "Two.</mrk></g></seg-source>",
        with:
          "Two.</mrk></g></seg-source>\n    <target \(state)><g id=\"1\"><mrk mtype=\"seg\" mid=\"0\">ONE.</mrk> "
          + "<mrk mtype=\"seg\" mid=\"1\">TWO.</mrk></g></target>"
      )
      .replacing(
        "<target><mrk mtype=\"seg\" mid=\"0\">Ä.</mrk> <mrk mtype=\"seg\" mid=\"1\"/>",
        with: "<target \(state)><mrk mtype=\"seg\" mid=\"0\">Ä.</mrk> <mrk mtype=\"seg\" mid=\"1\">B.</mrk>")
    let result = try filled(Self.first, "a.xlf")
    #expect(result == expected)
    #expect(try filled(result, "a.xlf") == result)
  }

  static let second = """
    <xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="fr">
     <file id="f"><unit id="u"><notes><note>why</note></notes>
      <originalData><data id="d">&lt;br></data></originalData>
      <segment id="s1"><source>A <pc id="1">b</pc> c<ph id="2" dataRef="d"/></source></segment>
      <ignorable><source> </source></ignorable>
      <segment id="s2" state="final">
        <source>Two</source>
        <target>Deux</target>
      </segment>
      <segment id="s3" state="initial">
        <source>Three</source>
        <target/>
      </segment>
     </unit><unit id="v" translate="no"><segment><source>No</source></segment></unit></file>
    </xliff>
    """

  @Test func readsVersion2() throws {
    let units = try units(Self.second, "a.xlf")
    #expect(units.map(\.id) == ["u/s1", "u/s2", "u/s3", "v"])
    #expect(units.map(\.state) == [.untranslated, .translated, .untranslated, .doNotTranslate])
    #expect(pairs(units) == ["Two=Deux"] && units[0].notes == ["why"] && units[0].source[0].plain == "A b c")
  }

  @Test func fillsVersion2() throws {
    let mark = "state=\"translated\" subState=\"mt:needs-review\""
    let expected = Self.second
      .replacing(
        "<segment id=\"s1\"><source>A <pc id=\"1\">b</pc> c<ph id=\"2\" dataRef=\"d\"/></source>",
        with:
          "<segment id=\"s1\" \(mark)><source>A <pc id=\"1\">b</pc> c<ph id=\"2\" dataRef=\"d\"/></source>"
          + "<target>A <pc id=\"1\">B</pc> C<ph id=\"2\" dataRef=\"d\"/></target>"
      )
      .replacing("<segment id=\"s3\" state=\"initial\">", with: "<segment id=\"s3\" \(mark)>")
      .replacing("<target/>", with: "<target>THREE</target>")
    let result = try filled(Self.second, "a.xlf")
    #expect(result == expected)
    #expect(
      try units(result, "a.xlf").map(\.state) == [.needsReview, .translated, .needsReview, .doNotTranslate])
    #expect(try filled(result, "a.xlf") == result)
  }

  static let studio = """
    <?xml version="1.0" encoding="utf-8"?><xliff xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" version="1.2">
    <file source-language="en-US" target-language="de-DE"><body><trans-unit id="x"><source>A B</source>\
    <seg-source><mrk mtype="seg" mid="1">A</mrk><mrk mtype="seg" mid="2">B</mrk><mrk mtype="seg" mid="3">C</mrk></seg-source>\
    <target><mrk mtype="seg" mid="1">a</mrk><mrk mtype="seg" mid="2">b</mrk><mrk mtype="seg" mid="3"/></target>\
    <sdl:seg-defs><sdl:seg id="1" conf="ApprovedTranslation"/><sdl:seg id="2" origin="mt" percent="0"><sdl:value key="k">v</sdl:value></sdl:seg>\
    <sdl:seg id="3"/></sdl:seg-defs></trans-unit></body></file></xliff>
    """

  @Test func readsAndFillsSDL() throws {
    #expect(try units(Self.studio, "a.sdlxliff").map(\.state) == [.translated, .needsReview, .untranslated])
    let expected = Self.studio
      .replacing(
        "<target><mrk mtype=\"seg\" mid=\"1\">a</mrk><mrk mtype=\"seg\" mid=\"2\">b</mrk><mrk mtype=\"seg\" mid=\"3\"/>",
        with:
          "<target><mrk mtype=\"seg\" mid=\"1\">a</mrk><mrk mtype=\"seg\" mid=\"2\">b</mrk><mrk mtype=\"seg\" mid=\"3\">C</mrk>"
      )
      .replacing("<sdl:seg id=\"3\"/>", with: "<sdl:seg id=\"3\" conf=\"Draft\" origin=\"mt\"/>")
    #expect(try filled(Self.studio, "a.sdlxliff") == expected)
  }

  @Test func turnsAroundForTraining() throws {
    #expect(pairs(try units(Self.first, "a.xlf", from: "de", to: "en")).first == "Ja=Yes")
    #expect(message { _ = try units(Self.first, "a.xlf", from: "fr") }.contains("en → de"))
    #expect(message { _ = try filled(Self.first, "a.xlf", FillOptions(to: "fr")) }.contains("en → de"))
  }

  @Test func catalogsTurnAroundWithTheirPlurals() throws {
    let units = try units(POTests.catalog, "a.po", from: "de", to: "en")
    #expect(pairs(units) == ["Öffnen=Open", "alt %s=new %s", "%d Datei=%d file", "%d Dateien=%d files"])
    #expect(units[0].sourceLanguage == "de" && units[0].targetLanguage == "en")
    #expect(
      message { _ = try CorpusFormatsTests.units(POTests.catalog, "a.po", to: "fr") }.contains("? → de"))
  }

  @Test func namesMayHaveAPrefix() throws {
    let text = """
      <xlf:xliff xmlns:xlf="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><xlf:file source-language="en"><xlf:body>\
      <xlf:trans-unit id="1"><xlf:source>a <xlf:g id="1">b</xlf:g></xlf:source></xlf:trans-unit></xlf:body></xlf:file></xlf:xliff>
      """
    #expect(
      try filled(text, "a.xlf", FillOptions(to: "de", mark: .unmarked))
        == text.replacing(
          "</xlf:source>", with: "</xlf:source><xlf:target>A <xlf:g id=\"1\">B</xlf:g></xlf:target>"))
  }
}

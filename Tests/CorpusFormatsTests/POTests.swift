import CorpusFormats
import Testing

@Suite struct POTests {
  static let catalog = """
    # A translator's comment
    msgid ""
    msgstr ""
    "Language: de\\n"
    "Content-Type: text/plain; charset=UTF-8\\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\\n"

    #. For the menu
    #: file.c:10
    msgid "Open"
    msgstr "Öffnen"

    #, fuzzy, c-format
    #| msgid "old %s"
    msgid "new %s"
    msgstr "alt %s"

    msgctxt "verb"
    msgid ""
    "long\\n"
    "text \\"quoted\\"\\t\\\\"
    msgstr ""

    msgid "%d file"
    msgid_plural "%d files"
    msgstr[0] "%d Datei"
    msgstr[1] "%d Dateien"
    #~ msgid "gone"
    #~ msgstr "weg"
    #, c-format
    msgid "one thing"
    msgid_plural "many things"
    msgstr[0] ""
    msgstr[1] ""

    """

  @Test func readsEveryKindOfMessage() throws {
    let units = try units(Self.catalog, "a.po")
    #expect(units.map(\.state) == [.translated, .needsReview, .untranslated, .translated, .untranslated])
    #expect(units[0].notes == ["For the menu"] && units[0].targetLanguage == "de")
    #expect(units[2].context == "verb" && units[2].source[0].plain == "long\ntext \"quoted\"\t\\")
    #expect(
      pairs(units) == ["Open=Öffnen", "new %s=alt %s", "%d file=%d Datei", "%d files=%d Dateien"])
  }

  @Test func fillsWhatIsMissing() throws {
    let expected = Self.catalog
      .replacing(
        "msgctxt \"verb\"\n", with: "#, fuzzy\nmsgctxt \"verb\"\n"
      )
      .replacing(
        "text \\\"quoted\\\"\\t\\\\\"\nmsgstr \"\"",
        with: "text \\\"quoted\\\"\\t\\\\\"\nmsgstr \"\"\n\"LONG\\n\"\n\"TEXT \\\"QUOTED\\\"\\t\\\\\""
      )
      .replacing(
        "#, c-format\nmsgid \"one thing\"\nmsgid_plural \"many things\"\nmsgstr[0] \"\"\nmsgstr[1] \"\"",
        with:
          "#, fuzzy, c-format\nmsgid \"one thing\"\nmsgid_plural \"many things\"\nmsgstr[0] \"ONE THING\"\n"
          + "msgstr[1] \"MANY THINGS\"")
    #expect(try filled(Self.catalog, "a.po") == expected)
  }

  @Test func aCatalogWithoutGapsStaysAsItIs() throws {
    let odd = "msgid   \"a\"  \r\nmsgstr \"\"\r\n  \"b\" \"c\"\r\n\r\n\r\n# end without a line end"
    #expect(try filled(odd, "a.po") == odd)
    #expect(pairs(try units(odd, "a.po")) == ["a=bc"])
  }

  @Test(arguments: [
    (FillMark.comment, "# Machine translation, not reviewed\nmsgid \"a\"\nmsgstr \"A\"\n"),
    (.unmarked, "msgid \"a\"\nmsgstr \"A\"\n"),
  ])
  func marks(mark: FillMark, expected: String) throws {
    #expect(try filled("msgid \"a\"\nmsgstr \"\"\n", "a.po", FillOptions(to: "de", mark: mark)) == expected)
  }

  @Test func controlCharactersAreEscaped() throws {
    let text = "msgid \"a\\0b\\x1b1\\v\"\nmsgstr \"\"\n"
    #expect(try filled(text, "a.po").contains("msgstr \"A\\000B\\0331\\v\""))
  }

  @Test func overwritesOnRequest() throws {
    let text = "#, fuzzy\nmsgid \"a\"\nmsgstr \"x\"\n"
    #expect(try filled(text, "a.po", FillOptions(to: "de")) == text)
    #expect(
      try filled(text, "a.po", FillOptions(to: "de", overwrites: true)) == text.replacing("x\"", with: "A\""))
  }

  @Test func lineEndsAreThoseOfTheFile() throws {
    #expect(
      try filled("msgid \"a\\nb\"\r\nmsgstr \"\"\r\n", "a.po")
        == "#, fuzzy\r\nmsgid \"a\\nb\"\r\nmsgstr \"\"\r\n\"A\\n\"\r\n\"B\"\r\n")
  }

  /// The form of the singular is that which the header's rule gives for 1.
  @Test func singularsTakeTheFormOfTheRule() throws {
    let text = """
      msgid ""
      msgstr "Plural-Forms: nplurals=4; plural=(n%100==1 ? 1 : n%100==2 ? 2 : n%100==3 || n%100==4 ? 3 : 0);\\n"

      msgid "one"
      msgid_plural "more"
      msgstr[0] ""
      msgstr[1] ""
      msgstr[2] "two"
      msgstr[3] ""

      """
    let result = try filled(text, "a.po")
    #expect(result.contains("msgstr[0] \"MORE\"\nmsgstr[1] \"ONE\"\nmsgstr[2] \"two\"\nmsgstr[3] \"MORE\"\n"))
  }

  @Test func readsAndWritesTheDeclaredEncoding() throws {
    let head = Array("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=ISO-8859-1\\n\"\n\n".utf8)
    let first = head + Array("msgid \"a\"\nmsgstr \"\u{e4}\"\n\n".unicodeScalars.map { UInt8($0.value) })
    let text = first + Array("msgid \"b\"\nmsgstr \"\"\n".utf8)
    #expect(pairs(try units(text, "a.po")) == ["a=ä"])
    let document = try DocumentTranslation(contents: text, path: "a.po")
    #expect(
      try document.filled { $0.map { _ in "ö" } }.contents
        == first + Array("#, fuzzy\nmsgid \"b\"\nmsgstr \"".utf8) + [0xf6] + Array("\"\n".utf8))
    // The encoding has no such character: the message stays untranslated.
    let left = try document.filled { $0.map { _ in "ж" } }
    #expect(left.contents == text && left.leftCount == 1 && left.filledCount == 0)
  }

  @Test(arguments: [
    ("msgid \"a\nmsgstr \"\"\n", "line 1"), ("msgid \"a\"\nmsgid \"b\"\n", "line 2"),
    ("msgstr \"a\"\n", "'msgid' before it"), ("msgid \"a\"\nmsgstr \"\" x\n", "line 2"),
    ("msgid \"a\"\nmsgstr[9999999999999999999] \"\"\n", "line 2"), ("\"a\"\n", "line 1"),
  ])
  func mistakesAreNamed(text: String, words: String) {
    let message = message { _ = try units(text, "a.po") }
    #expect(message.contains(words), "\(message)")
  }
}

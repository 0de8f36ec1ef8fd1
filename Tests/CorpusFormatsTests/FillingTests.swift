import CorpusFormats
import Testing

@Suite struct FillingTests {
  /// The target of the only unit of an XLIFF file, translated line by line.
  private func target(_ source: String, _ translate: @escaping (String) -> String) throws -> String {
    let text =
      "<xliff version='1.2'><file><body><trans-unit id='1'><source>\(source)</source></trans-unit></body></file></xliff>"
    let options = FillOptions(to: "de", mark: .unmarked)
    let document = try DocumentTranslation(contents: Array(text.utf8), path: "a.xlf", options: options)
    let result = String(decoding: try document.filled { $0.map(translate) }.contents, as: UTF8.self)
    guard let start = result.firstRange(of: "<target>"), let end = result.firstRange(of: "</target>") else {
      return ""
    }
    return String(result[start.upperBound..<end.lowerBound])
  }

  /// Private-use characters stand for tags; a model that copies them keeps the segment whole.
  @Test func tagsMoveWithTheText() throws {
    let result = try target("<x id='0'/>See <g id='1'>the file</g> now. ") { line in
      #expect(line == "See \u{e000}the file\u{e001} now.")
      return "Jetzt \u{e000} die Datei \u{e001}ansehen."
    }
    #expect(result == "<x id='0'/>Jetzt <g id='1'>die Datei</g> ansehen. ")
  }

  /// A model that loses, doubles or moves them gets stretches of text.
  @Test(arguments: [
    "lost", "\u{e001}a\u{e000}", "\u{e000}\u{e000}\u{e001}", "a\u{e000} \u{e001}b",
    "\u{e000}\u{e001}\u{e002}\u{e001}",
  ])
  func noTagIsLost(answer: String) throws {
    let result = try target("See <g id='1'>the file</g> now.") { line in
      line.unicodeScalars.contains { $0.value >= 0xe000 } ? answer : line.uppercased()
    }
    #expect(result == "SEE <g id='1'>THE FILE</g> NOW.")
  }

  @Test func placeholdersComeBack() throws {
    #expect(try target("%1$s of {0}") { $0 == "%1$s of {0}" ? "{0} hat %1$s" : "?" } == "{0} hat %1$s")
    // Lost as they are, kept as tokens; then as stretches.
    #expect(
      try target("Open %s, {0}") { $0.contains("%") ? "Offen" : "Öffne \u{e000}, \u{e001}" }
        == "Öffne %s, {0}")
    #expect(
      try target("Open %s now &amp;amp; go") { $0.count > 5 ? "?" : $0.uppercased() }
        == "OPEN %s NOW &amp;amp; GO")
  }

  /// Markup that encloses words still does; otherwise the stretches are translated.
  @Test func markupKeepsItsWords() throws {
    let source = "See &lt;b>the file&lt;/b> now"
    #expect(
      try target(source) { $0.contains("<") ? "Die <b>Datei</b>" : "?" } == "Die &lt;b&gt;Datei&lt;/b&gt;")
    let stretches = try target(source) {
      $0.contains("<") || $0.contains("\u{e000}") ? "Datei <b></b>" : $0.uppercased()
    }
    #expect(stretches == "SEE &lt;b&gt;THE FILE&lt;/b&gt; NOW")
  }

  @Test func whatHasNoWordsStaysAsItIs() throws {
    #expect(
      try target(" 12 <x id='1'/>%d ") { line in
        Issue.record("'\(line)' was translated")
        return line
      } == " 12 <x id='1'/>%d ")
  }

  @Test func linesAreTranslatedOnceAndKeepTheirSpace() throws {
    let text = "msgid \"  a\\n\\n b \\n\"\nmsgstr \"\"\n\nmsgid \"b\"\nmsgstr \"\"\n"
    let document = try DocumentTranslation(contents: Array(text.utf8), path: "a.po")
    var lines: [[String]] = []
    let result = try document.filled {
      lines.append($0)
      return $0.map { $0.uppercased() }
    }
    #expect(lines == [["a", "b"]] && result.filledCount == 2)
    #expect(String(decoding: result.contents, as: UTF8.self).contains("\"  A\\n\"\n\"\\n\"\n\" B \\n\""))
  }

  @Test func anEmptyTranslationLeavesTheFileAsItIs() throws {
    let text = Array("msgid \"a\"\nmsgstr \"\"\n".utf8)
    let result = try DocumentTranslation(contents: text, path: "a.po").filled { $0.map { _ in " " } }
    #expect(result.contents == text && result.leftCount == 1 && result.filledCount == 0)
  }
}

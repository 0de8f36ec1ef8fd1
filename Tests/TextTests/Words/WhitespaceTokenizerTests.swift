import Testing
import Text

/// Words are those of subword-nmt: `line.strip('\r\n ').split(' ')` without empty strings.
@Suite struct WhitespaceTokenizerTests {
  @Test(arguments: [
    ("", ""), (" ", ""), ("a", "a"), ("a b", "a b"), ("  a   b ", "a b"), ("a\tb", "a\tb"),
    ("\ta\t", "\ta\t"),
    ("a \t b", "a \t b"), ("\r\n a \r", "a"), ("a\r b", "a\r b"), ("a\u{a0}b\u{3000}c", "a\u{a0}b\u{3000}c"),
    ("a\u{b}\u{c}b \u{c}", "a\u{b}\u{c}b \u{c}"), ("\r \n", ""), ("a \r\n ", "a"),
  ])
  func wordsAreSplitAtSpacesOnly(line: String, expected: String) {
    let tokens = WhitespaceTokenizer().tokenize(Array(line.utf8))
    #expect(
      text(tokens).unicodeScalars.elementsEqual(expected.unicodeScalars), "\(text(tokens).debugDescription)")
    #expect(WhitespaceTokenizer().tokenize(tokens) == tokens)
    #expect(WhitespaceTokenizer.detokenize(tokens) == tokens)
  }

  @Test func tabsComeBackThroughAVocabulary() throws {
    let folder = try ScratchFolder()
    let pipeline = TextPipelineTests.pipeline(of: lines("a\tb a\tb c\t\n\td"))
    try pipeline.write(to: folder.path)
    let copy = try TextPipeline(folder: folder.path)
    for line in ["a\tb c\t", "\td a\tb", "\t"] {
      let sentence = copy.encode(Array(line.utf8), side: .source)
      #expect(sentence.unknowns.isEmpty && text(copy.decode(sentence.ids)) == line)
    }
  }
}

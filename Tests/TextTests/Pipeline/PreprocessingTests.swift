import Testing
import Text

@Suite struct PreprocessingTests {
  static let cases = [
    ("。x", ". x"), ("a。  b", "a. b"), ("a．b", "a. b"), ("a、b，c", "a,b,c"), ("“a”", "\"a\""),
    ("《a》「b」", "\"a\"\"b\""),
    ("a：b∶c；？！", "a:b:c;?!"), ("（a）【b】〈c〉", "(a)[b]<c>"), ("１２３４５６７８９０％", "\"234567890%"),
    ("it’s…", "it's..."),
    ("a━b～", "a-b~"), ("a\u{200b}b", "a b"), ("\u{feff}a", "a"), ("a\u{2060} \tb\r", "a b"),
    ("a\u{ad}b", "a b"),
    ("a\u{a0}b", "a\u{a0}b"), ("  a   b  ", "a b"), ("", ""), ("\u{200b}", ""), ("a。", "a."), ("é", "é"),
  ]

  @Test(arguments: cases)
  func linesArePreparedAsInPackagesOfOPUSMT(line: String, expected: String) {
    #expect(String(decoding: Preprocessing.opusMT.prepared(Array(line.utf8)), as: UTF8.self) == expected)
    #expect(Preprocessing.none.prepared(Array(line.utf8)) == Array(line.utf8))
  }
}

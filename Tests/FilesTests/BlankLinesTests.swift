import Files
import Testing

@Suite struct BlankLinesTests {
  @Test(arguments: ["", " ", "\t \u{3000}", "\r\u{b} \n", "\u{a0}\u{85}", "   \u{2003}"])
  func whiteSpaceOfAnyScriptIsBlank(line: String) { #expect(isBlank(Array(line.utf8)[...])) }

  @Test(arguments: ["a", "  .", "\u{0}", "\u{1f}", "\u{3000}猫", " \u{301}", "\u{200b}"])
  func allElseIsNot(line: String) { #expect(!isBlank(Array(line.utf8)[...])) }
}

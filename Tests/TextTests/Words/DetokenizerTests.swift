import Testing
import Text

@Suite struct DetokenizerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let tokens: String
    let line: String
    var testDescription: String { tokens.debugDescription }
  }

  /// Tokens that a model may write, but no tokenizer would.
  static let cases = [
    Case(tokens: "", line: ""),
    Case(tokens: "￭! a ￭", line: "! a"),
    Case(tokens: "▁ a ▁ b ▁", line: "a b"),
    Case(tokens: "a ▁ ▁ b", line: "a b"),
    Case(tokens: "a ￭ b", line: "ab"),
    Case(tokens: "a￭ ￭￭ ￭b", line: "ab"),
    Case(tokens: "a￭ ▁ ￭b", line: "a b"),
    Case(tokens: "a￭b c▁d", line: "ab c d"),
    Case(tokens: "￭ ￭ ▁", line: ""),
    Case(tokens: "  a \t\n b  ", line: "a b"),
    Case(tokens: "a ￮ b ￮xyz; ￮d800; ￮110000; ￮;", line: "a b xyz; d800; 110000; ;"),
    Case(tokens: "￮0000041; ￮41", line: "0000041; 41"),
    Case(tokens: "a ￭￮a;￭ b", line: "a b"),
    Case(tokens: "我 爱 you ▁ 你 ￭x", line: "我爱you 你x"),
  ]

  @Test(arguments: cases)
  func anyTokensMakeSensibleText(_ item: Case) {
    let line = ICUTokenizer.detokenize(Array(item.tokens.utf8))
    #expect(line == Array(item.line.utf8), "\(String(decoding: line, as: UTF8.self).debugDescription)")
  }

  /// Tokens in any order, cut anywhere: the result is a line of valid text without marks.
  @Test func shuffledTokensNeverBreakIt() {
    var random = NastyText(seed: 11)
    for _ in 0..<5_000 {
      var tokens = random.nextLine()
      for _ in 0..<random.below(4) { tokens += [0x20] + ICUTokenizer.shared.tokenize(random.nextLine()) }
      let line = ICUTokenizer.detokenize(tokens)
      let text = String(validating: line, as: UTF8.self)
      #expect(text != nil && !line.contains(0x0A), "\(tokens)")
      #expect(line == ICUTokenizer.detokenize(ICUTokenizer.shared.tokenize(line)))
    }
  }

  @Test func bytesThatAreNoTextNeverBreakIt() {
    var random = NastyText(seed: 12)
    for _ in 0..<5_000 {
      let tokens = random.nextBytes()
      #expect(ICUTokenizer.detokenize(tokens).count <= 2 * tokens.count)
    }
  }
}

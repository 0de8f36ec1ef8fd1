import Testing
import Text

@Suite struct ProtectedWordsTests {
  static let words = ProtectedWords(
    patterns: [#"\{\w+\}"#, #"https?://\S+\w"#, #"\p{Lu}{2,}-\d+"#],
    words: ["New York", "C++", "T-Shirt", "U.S", "cat", "东京", "\u{A0}x"].map { Array($0.utf8) })

  struct Case: Sendable, CustomTestStringConvertible {
    let line: String
    let tokens: String
    var testDescription: String { line.debugDescription }
  }

  static let cases = [
    Case(line: "", tokens: ""),
    Case(line: "Hi {name}, x{a}{b}.", tokens: "Hi {name} ￭, x ￭{a} ￭{b} ￭."),
    Case(line: "see https://a.org/b?c=1, or AB-12!", tokens: "see https://a.org/b?c=1 ￭, or AB-12 ￭!"),
    Case(line: "New York's C++ T-Shirts", tokens: "New York's C++ T ￭-￭ Shirts"),
    Case(line: "in New York, T-Shirt", tokens: "in New￮20;York ￭, T-Shirt"),
    Case(line: "concatenate cat cat's", tokens: "concatenate cat cat's"),
    Case(line: "U.S U.S. u.s.", tokens: "U.S U.S ￭. u.s."),
    Case(line: "东京，{a} b", tokens: "东京 ， {a} b"),
    Case(line: "a\u{A0}x C++C++", tokens: "a ￮a0;x C++ ￭C++"),
  ]

  @Test(arguments: cases)
  func protectedWordsAreSingleTokens(_ item: Case) {
    let tokenizer = ICUTokenizer(language: "de", protected: Self.words)
    let tokens = tokenizer.tokenize(Array(item.line.utf8))
    #expect(text(tokens) == item.tokens)
    #expect(text(ICUTokenizer.detokenize(tokens)) == item.line)
  }

  @Test(arguments: [
    ("{name}", true), ("￭{name}", true), ("￭{name}￭", true), ("{name", false), ("x{name}", false),
    ("C++", true),
    ("￭C++", true), ("C+", false), ("New￮20;York", true), ("NewYork", false), ("AB-1", true), ("ab-1", false),
    ("", false), ("￭", false),
  ])
  func marksAreNotPartOfAWord(word: String, isProtected: Bool) {
    #expect(contains(Self.words, word) == isProtected)
  }

  @Test func longestWordWins() {
    let words = ProtectedWords(patterns: ["a b|b"], words: ["a", "a b c", "b c d"].map { Array($0.utf8) })
    let tokens = ICUTokenizer(protected: words).tokenize(Array("a b c d".utf8))
    #expect(text(tokens) == "a￮20;b￮20;c d")
  }

  @Test(arguments: ["", "en", "th"])
  func anyLineComesBackByteForByte(_ language: String) {
    let words = ProtectedWords(
      patterns: ["[a-zß]+.", " ", "￭|￮", #"\W{2}"#, "[中あ]."],
      words: ["  ", "3.14", "@@"].map { Array($0.utf8) })
    let tokenizer = ICUTokenizer(language: language, protected: words)
    var random = NastyText(seed: 99)
    for _ in 0..<3_000 {
      let line = random.nextLine()
      #expect(ICUTokenizer.detokenize(tokenizer.tokenize(line)) == line, "\(line)")
      let bytes = random.nextBytes().filter { $0 != 0x0A }
      #expect(ICUTokenizer.detokenize(tokenizer.tokenize(bytes)) == bytes, "\(bytes)")
    }
  }

  /// Long enough for several calls of ICU, and more matches than the arrays for them held before.
  @Test func longLines() {
    let tokenizer = ICUTokenizer(protected: Self.words)
    for count in [1, 10, 300_000] {
      let tokens = tokenizer.tokenize(Array(String(repeating: "{a} b", count: count).utf8))
      let expected = (["{a} b"] + Array(repeating: "￭{a} b", count: count - 1)).joined(separator: " ")
      #expect(tokens == Array(expected.utf8))
    }
  }

  @Test(arguments: [
    ("(", "U_REGEX_MISMATCHED_PAREN"), ("a[", "U_REGEX_MISSING_CLOSE_BRACKET at character 2"), ("", "empty"),
    ("x*", "matches the empty text"), ("a|", "matches the empty text"),
    ("*a", "not a regular expression of ICU: U_REGEX_RULE_SYNTAX at character 1"),
  ])
  func problemIsNamed(pattern: String, words: String) throws {
    let problem = try #require(ProtectedWords.problem(ofPattern: pattern))
    #expect(problem.contains(words), "\(problem)")
  }

  /// A match that would take forever is none.
  @Test func noPatternTakesForever() {
    let words = ProtectedWords(patterns: ["(a+)+b"])
    #expect(!contains(words, String(repeating: "a", count: 60)))
    #expect(contains(words, "aaaaab"))
    #expect(!contains(ProtectedWords(patterns: ["(?:a|b)+c"]), String(repeating: "a", count: 3_000_000)))
  }

  private func contains(_ words: ProtectedWords, _ word: String) -> Bool {
    let bytes = Array(word.utf8)
    return words.contains(bytes.span)
  }
}

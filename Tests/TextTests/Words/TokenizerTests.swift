import Testing
import Text

@Suite struct TokenizerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let language: String
    let line: String
    let tokens: String
    var testDescription: String { "\(language): \(line.debugDescription)" }
  }

  static let cases = [
    Case(language: "en", line: "", tokens: ""),
    Case(language: "en", line: "Hello, world!", tokens: "Hello ￭, world ￭!"),
    Case(language: "en", line: "(a) [b]", tokens: "(￭ a ￭) [￭ b ￭]"),
    Case(language: "en", line: "He said: \"No.\"", tokens: "He said ￭: \"￭ No ￭. ￭\""),
    Case(language: "en", line: "“(No)”", tokens: "“￭ (￭ No ￭) ￭”"),
    Case(
      language: "en", line: "John's dog can't; we’re 'here'",
      tokens: "John ￭'s dog can ￭'t ￭; we ￭’re '￭ here ￭'"),
    Case(language: "en", line: "O'Reilly", tokens: "O'Reilly"),
    Case(language: "en", line: "a well-known 3.14 or 1,000%", tokens: "a well ￭-￭ known 3.14 or 1,000 ￭%"),
    Case(language: "en", line: "the U.S. at 5 p.m. -- wow...", tokens: "the U.S. at 5 p.m. -- wow ￭..."),
    Case(language: "en", line: "x@y.org @@ a_b $5 #tag", tokens: "x ￭@￭ y.org @ ￭@ a_b $￭ 5 #￭ tag"),
    Case(language: "en", line: "<s> </s> <unk>", tokens: "<￭ s ￭> < ￭/￭ s ￭> <￭ unk ￭>"),
    Case(language: "en", line: "10:30 and/or 😀😀ok", tokens: "10 ￭:￭ 30 and ￭/￭ or 😀 ￭😀￭ ok"),
    Case(language: "de", line: "Geht's, z.B. „so“?", tokens: "Geht's ￭, z.B. „￭ so ￭“ ￭?"),
    Case(
      language: "fr", line: "L'homme, qu’il aime aujourd'hui !",
      tokens: "L'￭ homme ￭, qu’￭ il aime aujourd'hui !"),
    Case(language: "fr", line: "«\u{A0}Oui\u{202F}!\u{A0}»", tokens: "« ￮a0; Oui ￮202f; ! ￮a0; »"),
    Case(language: "it", line: "dell'arte", tokens: "dell'￭ arte"),
    Case(language: "es", line: "¿Qué?", tokens: "¿￭ Qué ￭?"),
    Case(language: "fi", line: "EU:n", tokens: "EU:n"),
    Case(language: "zh", line: "我爱北京，你呢？", tokens: "我 爱 北京 ， 你 呢 ？"),
    Case(language: "zh", line: "他2016年用iPhone手机……", tokens: "他 2016 年 用 iPhone 手机 ￭……"),
    Case(language: "zh", line: "用 iPhone", tokens: "用 ▁ iPhone"),
    Case(language: "zh", line: "你好 世界\u{3000}好", tokens: "你好 ▁ 世界 ￮3000; 好"),
    Case(language: "ja", line: "私は東京でコーヒーを飲む。", tokens: "私 は 東京 で コーヒー を 飲む 。"),
    Case(language: "th", line: "สวัสดีครับ ผมกินข้าว", tokens: "สวัสดี ครับ ▁ ผม กิน ข้าว"),
    Case(language: "ko", line: "안녕하세요, 세계!", tokens: "안녕하세요 ￭, 세계 ￭!"),
    Case(language: "ar", line: "مرحبا، كيف حالك؟", tokens: "مرحبا ￭، كيف حالك ￭؟"),
    Case(language: "hi", line: "नमस्ते दुनिया।", tokens: "नमस्ते दुनिया ￭।"),
    Case(language: "ru", line: "Привет, мир!", tokens: "Привет ￭, мир ￭!"),
    Case(language: "", line: "  two  spaces ", tokens: "￮20;￮20; two ￮20;￮20; spaces ￮20;"),
    Case(language: "", line: " ", tokens: "￮20;"),
    Case(language: "", line: "a\tb\u{0}c\u{2028}d", tokens: "a ￮9; b ￭￮0;￭ c ￮2028; d"),
    Case(language: "", line: "￭ ▁ ￮20;", tokens: "￮ffed; ￮2581; ￮ffee;￭ 20 ￭;"),
    Case(language: "", line: "👩‍👩‍👧 🇩🇪🇫🇷", tokens: "👩‍👩‍👧 🇩🇪 ￭🇫🇷"),
    Case(language: "", line: "e\u{301}a \u{308}b", tokens: "e\u{301}a \u{308}￭ b"),
  ]

  @Test(arguments: cases)
  func lineHasItsTokensAndTheyGiveItBack(_ item: Case) {
    let tokens = ICUTokenizer(language: item.language).tokenize(Array(item.line.utf8))
    #expect(tokens == Array(item.tokens.utf8), "\(String(decoding: tokens, as: UTF8.self))")
    #expect(ICUTokenizer.detokenize(tokens) == Array(item.line.utf8))
  }

  @Test(arguments: ["", "en", "fr", "fi", "zh", "th"])
  func anyLineComesBackByteForByte(_ language: String) {
    let tokenizer = ICUTokenizer(language: language)
    var random = NastyText(seed: 20_240_613)
    for _ in 0..<5_000 {
      let line = random.nextLine()
      let tokens = tokenizer.tokenize(line)
      #expect(ICUTokenizer.detokenize(tokens) == line, "\(line)")
      #expect(holdsOnlyWellFormedTokens(tokens), "\(line)")
    }
  }

  @Test func invalidBytesComeBackToo() {
    var random = NastyText(seed: 7)
    for _ in 0..<2_000 {
      let line = random.nextBytes().filter { $0 != 0x0A }
      #expect(ICUTokenizer.detokenize(ICUTokenizer.shared.tokenize(line)) == line, "\(line)")
    }
  }

  /// Includes lines longer than the part that is passed to ICU in one call.
  @Test(arguments: [1, 3, 10, 1_000, 600_000])
  func longLinesComeBack(_ count: Int) {
    for part in ["word, ", " ", "字", "!", "\u{301}", "a'", "🇩🇪"] {
      let line = Array(String(repeating: part, count: count).utf8)
      #expect(ICUTokenizer.detokenize(ICUTokenizer.shared.tokenize(line)) == line)
    }
  }

  @Test func immenseLineHasTheTokensOfItsParts() {
    let part = "Er sagt's, z.B. „hier“. "
    let tokens = ICUTokenizer.shared.tokenize(Array(String(repeating: part, count: 200_000).utf8) + [0x78])
    let expected = String(repeating: "Er sagt's ￭, z.B. „￭ hier ￭“ ￭. ", count: 200_000) + "x"
    #expect(tokens == Array(expected.utf8))
  }

  @Test(arguments: [
    "", "xx", "no-such-language", "de_DE", "zh-Hant-TW", "\u{0}", "ü!", String(repeating: "a", count: 500),
  ])
  func anyLanguageCodeIsTaken(_ language: String) {
    let tokens = ICUTokenizer(language: language).tokenize(Array("Ja, gut.".utf8))
    #expect(tokens == Array("Ja ￭, gut ￭.".utf8))
  }

  @Test func whitespaceKindOnlySplitsAtSpaces() {
    let tokens = WhitespaceTokenizer().tokenize(Array(" a \t b,c ￭\r".utf8))
    #expect(tokens == Array("a \t b,c ￭".utf8))
    #expect(WhitespaceTokenizer.detokenize(tokens) == tokens)
  }

  @Test func severalThreadsGetWhatOneGets() async {
    var random = NastyText(seed: 3)
    let lines = (0..<500).map { _ in random.nextLine() }
    let tokenizer = ICUTokenizer(language: "en")
    let serial = lines.map(tokenizer.tokenize)
    await withTaskGroup(of: [[UInt8]].self) { group in
      for _ in 0..<8 { group.addTask { lines.map(tokenizer.tokenize) } }
      for await parallel in group { #expect(parallel == serial) }
    }
  }
}

extension ICUTokenizer {
  static let shared = ICUTokenizer()
}

/// Whether tokens survive being written to a file of words and read by Python.
private func holdsOnlyWellFormedTokens(_ tokens: [UInt8]) -> Bool {
  guard let text = String(validating: tokens, as: UTF8.self) else { return false }
  if text.isEmpty { return true }
  let separators: Set<UInt32> = [0x1C, 0x1D, 0x1E, 0x1F]
  let words = text.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false)
  return words.allSatisfy { word in
    !word.isEmpty && !word.hasSuffix("@@")
      && word.allSatisfy {
        !$0.properties.isWhitespace && !separators.contains($0.value)
          && $0.properties.generalCategory != .control
      }
  }
}

extension Substring.UnicodeScalarView {
  fileprivate func hasSuffix(_ suffix: String) -> Bool { suffix.unicodeScalars.elementsEqual(self.suffix(2)) }
}

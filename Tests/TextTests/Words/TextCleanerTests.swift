import RandomNumbers
import Testing
import Text

@Suite struct TextCleanerTests {
  /// Ways to write "low lower" that look like it.
  static let spellings = [
    " low lower", "low lower ", "low  lower", "low\tlower", "low \t lower", "low\u{A0}lower",
    "low\u{202F}lower",
    "low\u{2003}lower", "low\u{2028}lower", "low\u{85}lower", "low\u{B}lower", "low\u{C}lower",
    "low\u{3000}lower",
    "low\u{205F}lower", "low\u{1680}lower", "low\u{2800}lower", "low\u{3164}lower", "low\u{1F}lower",
    "low lower\r",
    "\u{FEFF}low lower", "low \u{FEFF}lower", "lo\u{AD}w lower", "low low\u{200B}er", "low \u{200E}lower",
    "\u{202A}low lower\u{202C}", "low\u{2060} lower", "low lower\u{0}", "\u{1}low lower", "low\u{7F} lower",
    "low\u{9F} lower", "lo\u{200D}w lower", "lo\u{200C}w lower", "low\u{FE0F} lower", "low \u{FE0E}lower",
    "low\u{E0061} lower", "low lower\u{E0001}", "low\u{34F} lower", "low \u{61C}lower", "low\u{180E} lower",
    "low \u{2066}lower\u{2069}", "low\u{FFF9} lower", "low\u{E0100} lower",
    "\u{A0}\u{2009}low \u{200B} lower\u{3000}",
  ]

  @Test(arguments: spellings) func whatNobodySeesIsRemoved(spelling: String) {
    #expect(text(TextCleaner.source.clean(Array(spelling.utf8))) == "low lower")
  }

  @Test(arguments: [
    "می‌خواهم", "क्‍ष", "👩‍👩‍👧", "❤️‍🔥", "👁️‍🗨️", "☺️", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "葛\u{E0100}", "👍🏽 🇩🇪", "naïve Москва", "e\u{301}", "日本語。",
    "￭ ▁ ￮", "\u{FFFD}", "\u{E000}",
  ])
  func whatChangesTheLookStays(line: String) {
    #expect(text(TextCleaner.source.clean(Array(line.utf8))) == line)
    #expect(text(TextCleaner.target.clean(Array(line.utf8))) == line)
  }

  @Test(arguments: [
    ("Quoi\u{A0}!", "Quoi\u{A0}!"), ("10\u{202F}000", "10\u{202F}000"), ("東京\u{3000}大阪", "東京\u{3000}大阪"),
    ("Quoi \u{A0}!", "Quoi !"), ("\u{3000}東京\u{A0}", "東京"), ("a\tb", "a b"), ("a\u{2009}b", "a b"),
  ])
  func targetTextKeepsTypographicSpaces(line: String, clean: String) {
    #expect(text(TextCleaner.target.clean(Array(line.utf8))) == clean)
  }

  @Test func cleaningIsIdempotentAndNeverFails() {
    var nasty = NastyText(seed: 31)
    for round in 0..<3_000 {
      // Lines are repaired before they are cleaned.
      let line = round % 3 == 0 ? Array(text(nasty.nextBytes()).utf8) : nasty.nextLine()
      for cleaner in [TextCleaner.source, .target] {
        let once = cleaner.clean(line)
        #expect(cleaner.clean(once) == once, "\(String(reflecting: text(line)))")
        #expect(once.first != 0x20 && once.last != 0x20)
      }
    }
  }

  @Test(arguments: spellings) func allSpellingsHaveTheSameIDs(spelling: String) {
    let pipeline = TextPipelineTests.pipeline(of: lines("low lower lowest"), tokenizer: .icu)
    for dropout in [0, 0.5] {
      var (one, two) = (SplitMix64(state: 1), SplitMix64(state: 1))
      let clean = pipeline.encode(Array("low lower".utf8), side: .source, dropout: dropout, using: &one)
      #expect(pipeline.encode(Array(spelling.utf8), side: .source, dropout: dropout, using: &two) == clean)
    }
  }

  @Test func aLineWithoutVisibleTextHasNoIDs() {
    let pipeline = TextPipelineTests.pipeline(of: lines("low lower lowest"), tokenizer: .icu)
    for line in ["\u{200B}", "\u{FEFF} \u{AD}", "\u{0}\u{1}", "\u{3000}\u{2800}"] {
      #expect(pipeline.encode(Array(line.utf8), side: .source) == EncodedSentence())
    }
  }
}

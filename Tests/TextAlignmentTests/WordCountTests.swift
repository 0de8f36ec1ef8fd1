import Files
import Foundation
import Testing
import Text
import TextAlignment
import WordAlignment

/// `train-translation --guided-alignment` finds as many words in a line as were aligned.
@Suite struct WordCountTests {
  private static let lines = [
    "The man's  house.", "", "  ", "Prices rose by 12,345.67 % (see http://example.org/a?b=c).",
    "don't can't I'm",
    "a\u{a0}b\u{200b}c\td", "İstanbul ILIK ǅ ﬁ ½ Ⅷ", "日本語の文です。 ไม่มีช่องว่าง", "👩‍👩‍👧‍👦🏳️‍🌈 e\u{301}\u{323}",
    "▁ ￭ @@ a@@ b",
    "\"Quoted\" — and…dashes--here", "xyzzy qqq ☃☃ \u{fffd}",
  ]

  private func words(_ line: [UInt8]) -> Int { line.split(separator: UInt8(ascii: " ")).count }

  @Test(arguments: ["icu", "whitespace", "sentencepiece"], [false, true])
  func countsAgree(_ segmentation: String, joint: Bool) throws {
    var settings = TextPipelineSettings()
    (settings.segmentation, settings.joint, settings.merges) = (segmentation, joint, 40)
    (settings.sourceLanguage, settings.targetLanguage, settings.lowercase) = (
      "en", "tr", segmentation == "icu"
    )
    settings.tags = ["<2de>"]
    settings.sentencePiece.vocabularySize = 100
    let text = NSTemporaryDirectory() + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: text) }
    let learned =
      Self.lines[..<9] + [
        "a plain line with common words and the man of the house", "der Mann im Haus ist da",
      ]
    try (learned.joined(separator: "\n") + "\n").write(toFile: text, atomically: true, encoding: .utf8)
    var learner = VocabularyLearner(settings: settings, threads: 1)
    try learner.count(path: text, side: .source)
    try learner.count(path: text, side: .target)
    let pipeline = try learner.learn()
    let aligned = AlignedWords(pipeline)
    var total = 0
    for line in Self.lines {
      let bytes = Array(line.utf8)
      let source = pipeline.wordLengths(pipeline.encode(bytes, side: .source), side: .source).count
      #expect(words(aligned.source(bytes)) == source, "\(line)")
      let target = pipeline.wordLengths(pipeline.encode(bytes, side: .target), side: .target).count
      #expect(words(aligned.target(bytes)) == target, "\(line)")
      total += source
    }
    #expect(total > 30)
    // A tag is no word; where lines have a given tag, it is text.
    let tagged = Array("<2de> The man".utf8)
    #expect(words(aligned.source(tagged)) == words(aligned.source(Array("The man".utf8))))
    let given = AlignedWords(pipeline, readsTags: false)
    let tag = try pipeline.vocabulary(.source).id(ofTag: "<2de>")
    let own = pipeline.encode(tagged, side: .source, tag: .given(tag))
    #expect(words(given.source(tagged)) == pipeline.wordLengths(own, side: .source).count - 1)
  }

  @Test func wordsAreComparedInLowerCase() {
    var settings = TextPipelineSettings()
    settings.tokenizer = .whitespace
    let words = AlignedWords(settings)
    #expect(words.source(Array("The THE".utf8)) == Array("the the".utf8))
    var invalid = Array("a b ".utf8)
    invalid.append(0xff)
    #expect(self.words(words.target(invalid)) == 3)
  }
}

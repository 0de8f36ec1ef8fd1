import Testing
import Text
import Translation

/// A pipeline for plain text, learned from the sample lines.
let plainPipeline: TextPipeline = {
  var settings = TextPipelineSettings()
  settings.merges = 30
  let counts = WordCounts(
    lines: (sampleLines + ["The Cat. A Dog!"]).map { settings.makeWordSplitter(.source)(Array($0.utf8)) })
  let encoding = BytePairEncoding.learn(from: counts, merges: 30)
  return TextPipeline(
    settings: settings, encoding: encoding, vocabulary: Vocabulary(of: counts, encoding: encoding))
}()

@Suite struct WhiteSpaceTests {
  @Test(arguments: [
    ("  the cat", "  the cat"), ("the cat \u{3000}", "the cat \u{3000}"), ("\tthe\tcat\t", "\tthe\tcat\t"),
    ("the cat\r", "the cat\r"), ("the  cat", "the cat"), ("the\u{2028}cat", "the cat"),
    ("the\u{A0}cat", "the\u{A0}cat"),
    ("the\u{202F}cat sat", "the\u{202F}cat sat"), ("the cat \t sat", "the cat \t sat"),
    ("the cat.  A dog.\tNo", "the cat.  A dog.\tNo"), ("the cat.\u{3000}A dog.", "the cat.\u{3000}A dog."),
    ("the c\u{AD}at\u{200B}", "the cat"), ("\u{FEFF}the cat", "the cat"),
  ])
  func whiteSpaceComesBackWhereItStood(line: String, expected: String) throws {
    let translator = try makeTranslator(CopyModel(plainPipeline), plainPipeline)
    #expect(try translator.translate([line]).map(\.text) == [expected])
  }

  @Test func theModelSeesTheSameTokens() throws {
    let model = CopyModel(plainPipeline)
    let translator = try makeTranslator(model, plainPipeline)
    _ = try translator.translate([
      "the cat", " the  cat\t", "the\tcat", "the\u{A0}cat", "the\u{2028}cat\u{200B}",
    ])
    #expect(Set(model.record.sources).count == 1)
  }

  struct Placement: Sendable, CustomTestStringConvertible {
    let source, translation, expected: String
    var testDescription: String { source }
  }

  @Test(arguments: [
    Placement(source: "a 10\u{A0}kg b", translation: "x y 10 kg z", expected: "x y 10\u{A0}kg z"),
    Placement(source: "one\ttwo", translation: "eins zwei", expected: "eins\tzwei"),
    Placement(source: "a b\tc d", translation: "w x y z", expected: "w x\ty z"),
    Placement(source: "a\tb\tc", translation: "x y z", expected: "x\ty\tz"),
    Placement(source: "a\tb\tc\td", translation: "x y", expected: "x\ty"),
    Placement(source: "a\tb", translation: "一二三四", expected: "一二\t三四"),
    Placement(source: "a\tb", translation: "", expected: ""),
    Placement(source: "a\u{A0}b", translation: "x", expected: "x"),
    Placement(source: "a  b", translation: "x y", expected: "x y"),
  ])
  func innerSpacesGoToTheirWords(_ item: Placement) {
    let spacing = InnerSpacing(Array(item.source.utf8))
    #expect((spacing?.restored(in: item.translation) ?? item.translation) == item.expected)
  }

  @Test func noWordIsEverLostToASpace() {
    let words = ["a", "b", "10", "c\u{301}", "d"]
    for round in 0..<500 {
      let source = (0..<round % 7 + 1).map {
        words[(round * 3 + $0 * 5) % 5] + ["\t", " ", "\u{A0}"][(round + $0) % 3]
      }.joined()
      let translation = (0..<round % 5).map { words[(round + $0 * 2) % 5] }.joined(separator: " ")
      let restored = InnerSpacing(Array(source.utf8))?.restored(in: translation) ?? translation
      #expect(restored.split { $0.isWhitespace } == translation.split { $0.isWhitespace })
    }
  }
}

@Suite struct SentenceSplittingTests {
  static let line = "the cat sat. A dog barks! The Cat"

  func translate(_ line: String, _ splitting: SentenceSplitting, sentencesPerLine: Double? = nil) throws
    -> (result: TranslationResult, pieces: Int)
  {
    let model = CopyModel(plainPipeline)
    let translator = try makeTranslator(model, plainPipeline) { $0.request.sentenceSplitting = splitting }
    return (try translator.translate([line])[0], model.record.sources.count)
  }

  @Test func eachSentenceIsTranslatedByItself() throws {
    for (splitting, pieces) in [(SentenceSplitting.automatic, 3), (.always, 3), (.never, 1)] {
      let (result, seen) = try translate(Self.line, splitting)
      #expect(result.pieces == pieces && seen == pieces)
      #expect(result.text == Self.line)
      #expect(!result.isShort)
    }
  }

  @Test func aTranslationOfAPartIsShort() {
    // A decoder that stops after three tokens.
    #expect(throws: Never.self) {
      var model = CopyModel(plainPipeline)
      model.stopsAfter = 3
      let translator = try makeTranslator(model, plainPipeline)
      let results = try translator.translate([String(repeating: "the cat ", count: 12), "the cat"])
      #expect(results.map(\.isShort) == [true, false])
      #expect(results.allSatisfy { $0.duration == nil })
      #expect(ResultFormat.json(all: false).lines(results[0])[0].contains("\"short\":true"))
      #expect(!ResultFormat.json(all: false).lines(results[1])[0].contains("short"))
    }
  }
}

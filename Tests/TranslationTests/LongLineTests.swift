import Decoding
import Testing
import Text
import Tokens
import Translation

@Suite struct LongLineTests {
  func translate(_ line: String, limit: Int, capacity: Int = .max) throws -> (TranslationResult, longest: Int)
  {
    var model = CopyModel(samplePipeline)
    model.maxLength = capacity
    let translator = try makeTranslator(model) {
      $0.request.maxSourceLength = limit
      $0.request.search.nBest = 2
    }
    return (try translator.translate([line])[0], model.record.longest)
  }

  @Test(arguments: [1, 2, 5, 20, 100])
  func longLineIsTranslatedWhole(limit: Int) throws {
    let line = manyLines(60).filter { !$0.isEmpty }.joined(separator: " ")
    let (result, longest) = try translate(line, limit: limit)
    #expect(longest <= limit + 1)
    #expect(result.pieces > 1)
    // Nothing is lost or added where the line was cut.
    #expect(result.text == line)
    #expect(!result.alternatives[0].reachedLimit)
  }

  @Test(arguments: [
    String(repeating: "cat", count: 2000), String(repeating: "猫が。", count: 500),
    String(repeating: "the cat , ", count: 30_000) + "end",
  ])
  func extremeLinesLoseNothing(line: String) throws {
    let (result, longest) = try translate(line, limit: 50)
    #expect(longest <= 51)
    #expect(result.text == line)
  }

  @Test(arguments: [
    ("the cat , the cat , ", "the cat ,"), ("猫 猫， 猫 猫。 ", "猫 猫，"),
  ])
  func spaceBetweenPiecesFollowsTheScript(part: String, first: String) throws {
    // The line is cut at spaces, which are not restored between two Chinese characters.
    let (result, _) = try translate(String(repeating: part, count: 20), limit: 8)
    #expect(result.text.hasPrefix(first))
    #expect(result.text.contains(part == "the cat , the cat , " ? ", the cat" : "。猫"))
  }

  @Test func modelsOwnLimitCounts() throws {
    let (result, longest) = try translate(String(repeating: "the cat ", count: 40), limit: 200, capacity: 12)
    #expect(longest <= 12)
    #expect(result.text == String(repeating: "the cat ", count: 40))
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let first, second: String
    let gap: LineCutter.Gap
    var testDescription: String { first }
  }

  static let cases = [
    Case(first: "One is here.", second: "Two, as well.", gap: .space),
    Case(first: "It says “no.”", second: "Then it goes on", gap: .space),
    Case(first: "It costs 3.14 or", second: "1,000.50 all told", gap: .space),
    Case(first: "first part of it,", second: "and the rest there", gap: .space),
    Case(first: "これは文です。", second: "それも文です。", gap: .punctuation),
    Case(first: "彼は「はい。」", second: "と言いました彼は", gap: .punctuation),
    Case(first: "abcdef", second: "ghijkl", gap: .none),
    Case(first: "e\u{301}e\u{301}", second: "e\u{301}e\u{301}", gap: .none),
  ]

  @Test(arguments: cases)
  func cutIsMadeWhereItHurtsLeast(_ item: Case) throws {
    let text = Array((item.first + (item.gap == .space ? "  " : "") + item.second).utf8)
    let cut = try #require(CutPoint.best(in: text))
    #expect(String(decoding: text[..<cut.end], as: UTF8.self) == item.first)
    #expect(String(decoding: text[cut.next...], as: UTF8.self) == item.second)
    #expect(cut.gap == item.gap)
  }

  @Test func singleCharacterIsNotCut() {
    #expect(CutPoint.best(in: Array("👩‍👩‍👧".utf8)) == nil)
    #expect(CutPoint.best(in: []) == nil)
    #expect(CutPoint.best(in: Array("  ".utf8)) == nil)
  }

  @Test func tokensOfOneEndlessCharacterAreCut() {
    let text = Array(("a" + String(repeating: "\u{301}", count: 50)).utf8)
    let pieces = LineCutter(limit: 8, unknown: 3).pieces(of: text) { text in
      let marks = String(decoding: text, as: UTF8.self).unicodeScalars
      return EncodedSentence(
        ids: marks.map { $0 == "a" ? 3 : 7 },
        unknowns: marks.contains("a") ? [UnknownText(bytes: [97], continuesWord: true)] : [])
    }
    #expect(pieces.map(\.sentence.ids.count) == [8, 8, 8, 8, 8, 8, 3])
    #expect(pieces.map(\.sentence.unknowns.count) == [1, 0, 0, 0, 0, 0, 0])
    #expect(pieces.dropLast().allSatisfy { $0.gap == .none })
  }

  @Test func shortLineIsOnePiece() {
    let cutter = LineCutter(limit: 3, unknown: 0)
    let encode = { (text: [UInt8]) in
      EncodedSentence(ids: text.split(separator: 32).map { TokenID($0.count) })
    }
    #expect(cutter.pieces(of: Array("a bb ccc".utf8), encode: encode).map(\.sentence.ids) == [[1, 2, 3]])
    #expect(
      cutter.pieces(of: Array("a bb ccc. dddd e f".utf8), encode: encode).map(\.sentence.ids) == [
        [1, 2, 4], [4, 1, 1],
      ])
    #expect(cutter.pieces(of: [], encode: encode).isEmpty)
  }
}

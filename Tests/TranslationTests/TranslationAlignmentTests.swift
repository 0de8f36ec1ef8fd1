import Decoding
import Testing
import Translation

/// Which source words the words of a translation come from.
@Suite struct TranslationAlignmentTests {
  @Test(arguments: [1, 5], [10, 200])
  func copiesAreAlignedWordByWord(beam: Int, maxSourceLength: Int) throws {
    let translator = try makeTranslator {
      $0.request.alignsWords = true
      $0.request.search.beamSize = beam
      $0.request.search.computesScores = false
      $0.request.maxSourceLength = maxSourceLength
    }
    for (line, result) in zip(sampleLines, try translator.translate(sampleLines)) {
      let alignment = result.alternatives[0].alignment
      let words = line.split(separator: " ")
      #expect(result.text == line || words.isEmpty)
      #expect(alignment?.sourceWords ?? 0 == words.count)
      #expect(alignment?.links.map(\.source) ?? [] == Array(words.indices))
      #expect(alignment?.links.map(\.target) ?? [] == Array(words.indices))
      #expect(alignment?.sourceTexts ?? [] == words.map(String.init))
      #expect(alignment?.targetTexts ?? [] == words.map(String.init))
      #expect(alignment?.shares.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-6 } ?? true)
    }
  }

  @Test func linesAreWrittenAsDocumented() throws {
    let translator = try makeTranslator { $0.request.alignsWords = true }
    let result = try translator.translate(["a dog barks"])[0]
    #expect(ResultFormat.aligned.lines(result) == ["a dog barks ||| 0-0 1-1 2-2"])
    #expect(
      ResultFormat.softlyAligned.lines(result) == [
        "a dog barks ||| 1.0000,0.0000,0.0000 0.0000,1.0000,0.0000 0.0000,0.0000,1.0000"
      ])
    #expect(ResultFormat.json(all: false).lines(result)[0].contains(#""alignment":[[0,0],[1,1],[2,2]]"#))
  }

  @Test func unaskedThereIsNone() throws {
    #expect(try makeTranslator().translate(["a dog barks"])[0].alternatives[0].alignment == nil)
  }
}

import Decoding
import Files
import FoundationEssentials
import Testing
import Text
import Translation

/// Lines that ask for lists: translations to rank, or words at a place.
@Suite struct ListedLinesTests {
  func read(_ text: String, _ format: LineFormat = .text, list: String? = nil, at place: Int? = nil) throws
    -> [TranslationResult]
  {
    let folder = try TemporaryFolder()
    try text.write(toFile: folder.path + "/in", atomically: true, encoding: .utf8)
    try list?.write(toFile: folder.path + "/list", atomically: true, encoding: .utf8)
    var results: [TranslationResult] = []
    try makeTranslator { $0.request.guidesLines = true }.translate(
      LineReader(path: folder.path + "/in"), format: format,
      companion: list == nil ? nil : CompanionLines(.nBestLists, path: folder.path + "/list"),
      alternativesAt: place
    ) { results += $0 }
    return results
  }

  /// Scores of translations in a list are those that each has alone.
  @Test func listsAreRanked() throws {
    let texts = ["a cat", "a dog", "a dog barks", ""]
    let translator = try makeTranslator()
    let alone = try texts.map { text in
      var line = SourceLine("a dog")
      line.translation = text
      return try translator.translate(guided: [line])[0].alternatives[0]
    }
    var line = SourceLine("a dog")
    line.nBest = texts
    let ranked = try translator.translate(guided: [line])[0]
    #expect(ranked.isList && ranked.alternatives.count == 4)
    #expect(ranked.text == "a dog")
    #expect(ranked.alternatives.map(\.score) == alone.map(\.score).sorted(by: >))
    for alternative in ranked.alternatives {
      #expect(alone.contains { $0.text == alternative.text && $0.score == alternative.score })
    }
    #expect(
      ResultFormat.ranked.lines(ranked).count == 4
        && ResultFormat.ranked.lines(ranked)[0].hasPrefix("0 ||| a dog ||| "))
    #expect(JSONResult(ranked).line.contains(#""translations":["#))
  }

  /// What the vocabulary lacks, and white space, come back as they were.
  @Test func givenTextsArePrintedAsTheyAre() throws {
    var line = SourceLine("  a dog \u{1F415}  ")
    line.nBest = ["a  dog \u{65e5}\u{672c}", " a cat"]
    let ranked = try makeTranslator().translate(guided: [line, SourceLine("a dog")])
    #expect(Set(ranked[0].alternatives.map(\.text)) == Set(line.nBest))
    #expect(!ranked[1].isList && ranked[1].text == "a dog")
    line.text = Array("  ".utf8)
    let blank = try makeTranslator().translate(guided: [line])[0]
    #expect(blank.alternatives.map(\.text) == line.nBest)
  }

  @Test func listsOfMosesAreRead() throws {
    let list = "0 ||| a cat ||| lm=1 ||| -3\n0 ||| a dog ||| -1\n1 |||  ||| 0\n 1 ||| yes\n"
    let results = try read("a dog\nyes\n", list: list)
    #expect(results.map(\.text) == ["a dog", "yes"])
    #expect(results.map(\.alternatives.count) == [2, 2])
    let json = try read(#"{"text": "a dog", "nbest": ["a cat", "a dog"]}"# + "\n", .json)
    #expect(json[0].text == "a dog" && json[0].isList)
  }

  @Test(arguments: [
    ("0 ||| a\n", "no translation of line 1"), ("0 ||| a\n2 ||| b\n", "no translation of line 1"),
    ("1 ||| a\n", "no translation of line 0"), ("0 ||| a\n1 ||| b\n0 ||| c\n", "a translation of line 0"),
    ("0 ||| a\n1 ||| b\n2 ||| c\n", "a translation of line 2"), ("0 ||| a\nb\n", "'b'"),
    ("x ||| a\n", "'x ||| a'"),
  ])
  func mistakesInListsAreNamed(list: String, found: String) {
    #expect {
      try read("a dog\nyes\n", list: list)
    } throws: { error in
      guard case .invalidFormat(_, _, let what, _, _)? = error as? FileError else { return false }
      return what == found
    }
  }

  @Test func wordsAtAPlace() throws {
    let text = "the cat sat on the mat ."
    func words(_ place: Int) throws -> TranslationResult {
      let line =
        #"{"text": "\#(text)", "translation": "\#(text)", "alternatives_at": \#(place)}"#
      return try read(line + "\n", .json)[0]
    }
    let next = try words(4)
    #expect(next.isList && next.alternatives.count > 1)
    #expect(next.alternatives[0].word?.text == "cat" && next.text == text)
    let probabilities = next.alternatives.compactMap { $0.word?.probability }
    #expect(probabilities == probabilities.sorted(by: >) && probabilities.allSatisfy { $0 > 0 && $0 <= 1 })
    #expect(probabilities.reduce(0, +) <= 1.0001)
    #expect(Set(next.alternatives.compactMap(\.word?.text)).count == next.alternatives.count)
    for alternative in next.alternatives where alternative.word?.text != "" {
      #expect(alternative.text.hasPrefix("the " + (alternative.word?.text ?? "?")), "\(alternative)")
    }
    // Within a word, all begin with what is there.
    let within = try words(5)
    #expect(within.alternatives[0].word?.text == "cat")
    #expect(within.alternatives.allSatisfy { $0.word?.text.hasPrefix("c") ?? false })
    // Beyond the end is the end.
    #expect(try words(1000).alternatives.map(\.text) == words(text.count).alternatives.map(\.text))
    #expect(try words(0).alternatives[0].word?.text == "the")
    #expect(ResultFormat.words.lines(next)[0].hasPrefix("0 ||| cat ||| 0."))
  }

  @Test func allLinesCanAskForTheSamePlace() throws {
    let results = try read("the cat\tthe d\nyes\tno\n", .tabbed, at: 2)
    #expect(results.allSatisfy { $0.isList })
    #expect(results[0].alternatives.allSatisfy { $0.word?.text.hasPrefix("th") ?? false })
  }
}

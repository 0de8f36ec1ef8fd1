import Testing
import Text

@Suite struct WordCounterTests {
  private func counter(_ files: [[UInt8]], threads: Int) throws -> (WordCounter, ScratchFolder) {
    let folder = try ScratchFolder()
    var counter = WordCounter(settings: TextPipelineSettings(), side: .source, threads: threads)
    for (index, contents) in files.enumerated() {
      try folder.write("\(index)", contents)
      try counter.add(path: "\(folder.path)/\(index)")
    }
    return (counter, folder)
  }

  private func dictionary(_ counts: WordCounts) -> [[UInt8]: Int] {
    Dictionary(uniqueKeysWithValues: counts.all.map { ($0.word, $0.count) })
  }

  @Test func countsWords() {
    let counts = WordCounts(lines: lines(" a b  a \r\n\nb a\té\n"))
    #expect(dictionary(counts) == [[0x61]: 2, [0x62]: 2, Array("a\té".utf8): 1])
    #expect(counts.types == 3 && counts.tokens == 5 && counts.characters == 4)
  }

  @Test(arguments: [2, 3, 7])
  func theResultDoesNotDependOnThreads(threads: Int) throws {
    let text = Array(String(repeating: BytePairEncodingFixture.text + "\n", count: 120).utf8)
    let files = [text, Array("low lower\n".utf8), []]
    let (one, _) = try counter(files, threads: 1)
    let (many, _) = try counter(files, threads: threads)
    #expect(one.lines == many.lines && one.lines > 20_000)
    #expect(dictionary(one.counts) == dictionary(many.counts))
    let codes = BytePairEncoding.learn(from: one.counts, merges: 200).codes
    #expect(BytePairEncoding.learn(from: many.counts, merges: 200).codes == codes)
  }

  @Test(arguments: [1, 3])
  func linesThatAreNoUTF8AreToldWithTheirPlace(threads: Int) throws {
    var text = Array(String(repeating: "ok\n", count: 9_000).utf8)
    text += [0x61, 0xff, 0x0a] + Array("ok\n".utf8) + [0xe2, 0x82]
    let (counter, folder) = try counter([text], threads: threads)
    #expect(counter.repaired.map(\.line) == [9_001, 9_003])
    #expect(counter.repaired.allSatisfy { $0.path == folder.path + "/0" })
    #expect(counter.lines == 9_003)
  }
}

extension WordCounterTests {
  private func count(_ text: String, _ limits: LearningLimits, threads: Int) throws -> WordCounter {
    let folder = try ScratchFolder()
    try folder.write("text", Array(text.utf8))
    var settings = TextPipelineSettings()
    settings.tokenizer = .whitespace
    var counter = WordCounter(settings: settings, side: .source, limits: limits, threads: threads)
    try counter.add(path: "\(folder.path)/text")
    return counter
  }

  /// Lengths are in characters, not bytes, and a length that equals the limit is not too long.
  @Test(arguments: [1, 3]) func whatIsTooLongIsLeftOutAndCounted(threads: Int) throws {
    let text = "a bb ccc dddd\nééé ééé 文字文字 x\nabc abcd abc abcd abc\n😀😀😀 y\n"
    let none = try count(text, LearningLimits(), threads: threads)
    #expect(none.counts.tokens == 15 && none.tooLong == LearningLimits.Excess() && !none.hasLimits)
    let words = try count(text, LearningLimits(wordLength: 3, lineLength: nil), threads: threads)
    #expect(words.counts.tokens == 11 && words.tooLong.words == 4 && words.tooLong.lines == 0)
    #expect(
      words.counts.all.allSatisfy { String(decoding: $0.word, as: UTF8.self).unicodeScalars.count <= 3 })
    let lines = try count(text, LearningLimits(wordLength: nil, lineLength: 14), threads: threads)
    #expect(
      lines.counts.tokens == 10 && lines.tooLong.lines == 1 && lines.tooLong.words == 0 && lines.lines == 4)
    let both = try count(text, LearningLimits(wordLength: 3, lineLength: 14), threads: threads)
    #expect(both.counts.tokens == 8 && both.tooLong.words == 2 && both.tooLong.lines == 1)
  }
}

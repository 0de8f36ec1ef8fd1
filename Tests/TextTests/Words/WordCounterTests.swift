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

import Corpora
import Files
import ModelFormats
import Testing
import TextAlignment
import Tokens

@Suite struct LexicalCountsTests {
  private func pair(_ source: [TokenID], _ target: [TokenID], _ links: [(UInt16, UInt16)]) -> (
    SentencePair, [AlignmentLink]
  ) {
    (
      SentencePair(source: source[...], target: target[...]),
      links.map { AlignmentLink(source: $0.0, target: $0.1) }
    )
  }

  /// Source 5 → target 9 twice, 8 and 7 once; source 6 → target 9 once.
  private var counts: LexicalCounts {
    var counts = LexicalCounts()
    let pairs = [
      pair([5, 6], [9, 8], [(0, 0), (0, 1)]), pair([5], [9], [(0, 0)]),
      pair([6, 5], [9, 7], [(0, 0), (1, 1)]),
    ]
    for (pair, links) in pairs { counts.add(pair, links) }
    return counts
  }

  private func lists(_ shortlist: LexicalShortlist) -> [[UInt32]] {
    (0..<shortlist.sourceCount).map { Array(shortlist[$0]) }
  }

  @Test func theMostProbableTranslationsAreKept() {
    var selection = LexicalCounts.Selection()
    (selection.first, selection.best) = (2, 2)
    #expect(counts.linkCount == 5)
    var list = counts.shortlist(selection, sourceCount: 8, targetCount: 10, end: 3)
    // Of equally frequent targets, the lower id. Frequent targets beyond the first two ids, 9 and 7, go with the end token.
    #expect(lists(list) == [[], [], [], [7, 9], [], [7, 9], [9], []])
    #expect(list.firstCount == 2 && list.bestCount == 2)
    selection.leastProbability = 0.3
    list = counts.shortlist(selection, sourceCount: 8, targetCount: 10, end: 3)
    #expect(lists(list)[5] == [9])
    // What is always a candidate is not listed.
    selection.first = 9
    list = counts.shortlist(selection, sourceCount: 8, targetCount: 10, end: 3)
    #expect(lists(list) == [[], [], [], [9], [], [9], [9], []])
    selection.first = 50
    list = counts.shortlist(selection, sourceCount: 8, targetCount: 10, end: 3)
    #expect(list.firstCount == 10 && lists(list).allSatisfy(\.isEmpty))
  }

  @Test func theBinaryFileIsReadAgain() throws {
    let list = counts.shortlist(.init(), sourceCount: 8, targetCount: 100, end: 0)
    let bytes = FileBytes(list.binaryContents, path: "list")
    #expect(LexicalShortlist.isBinary(bytes))
    let read = try LexicalShortlist(binary: bytes, vocabularySize: 100)
    #expect(lists(read).dropLast() == lists(list).dropLast() && read.firstCount == 50 && read.bestCount == 50)
  }

  @Test func textHasTargetsSourcesAndProbabilities() {
    var lines: [String] = []
    counts.forEachLine(.init(), source: { Array("s\($0)".utf8) }, target: { Array("t\($0)".utf8) }) {
      lines.append(String(decoding: $0, as: UTF8.self))
    }
    #expect(lines == ["t9 s5 0.5\n", "t7 s5 0.25\n", "t8 s5 0.25\n", "t9 s6 1.0\n"])
  }

  @Test func subwordsOfAlignedWordsAreLinked() {
    let alignment = PairAlignment(
      links: [AlignmentLink(source: 0, target: 0)], sourceWords: [2, 1], targetWords: [2])
    let corpus = ParallelCorpus(sources: [[4, 5, 6]], targets: [[7, 8]], alignments: [alignment])
    var selection = LexicalCounts.Selection()
    selection.first = 1
    let list = LexicalCounts(alignedPairsOf: corpus).shortlist(
      selection, sourceCount: 8, targetCount: 9, end: 0)
    #expect(lists(list)[4...6].map { $0 } == [[7, 8], [7, 8], []])
  }

  @Test func subwordsAreAligned() throws {
    // Source id n is translated by target id n + 20.
    let sources = (0..<300).map { (number: Int) -> [TokenID] in
      (0..<6).map { (place: Int) -> TokenID in TokenID((number * 5 + place * place * 3) % 17) }
    }
    let targets = sources.map { (source: [TokenID]) -> [TokenID] in source.map { $0 + 20 } }
    let corpus = ParallelCorpus(sources: sources, targets: targets)
    var selection = LexicalCounts.Selection()
    (selection.first, selection.best) = (1, 1)
    let list = try LexicalCounts(aligning: corpus, threads: 2) { _ in }
      .shortlist(selection, sourceCount: 40, targetCount: 40, end: 39)
    #expect((0..<17).allSatisfy { Array(list[$0]) == [UInt32($0 + 20)] })
  }
}

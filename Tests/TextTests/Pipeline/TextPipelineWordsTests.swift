import RandomNumbers
import Testing
import Text

@Suite struct TextPipelineWordsTests {
  static let pipeline = TextPipelineTests.pipeline(
    of: lines("Anna meets Bert in 2016 , Bert meets Anna .\nAnna trifft Bert in 2016 , Bert trifft Anna ."))

  /// Each word has the same ids alone and in its sentence.
  @Test(arguments: [
    "", "Anna", "Anna meets Bert .", "Annatrifft 2016Bert", "東京 Anna東京Bert東 ,", "東京", "tri東 in",
  ])
  func lengthsAreThoseOfTheWords(line: String) {
    let words = line.split(separator: " ").map { Self.pipeline.encode(Array($0.utf8), side: .source) }
    let sentence = Self.pipeline.encode(Array(line.utf8), side: .source)
    let lengths = Self.pipeline.wordLengths(sentence, side: .source)
    #expect(lengths == words.map { UInt16($0.ids.count) })
    #expect(lengths.reduce(0) { $0 + Int($1) } == sentence.ids.count)
  }

  @Test func randomSegmentationHasTheSameWords() {
    let line = "Anna東trifft 2016 , trifft Anna"
    var seen: Set<[UInt16]> = []
    for seed in 0..<50 {
      var generator = SplitMix64(state: UInt64(seed))
      let sentence = Self.pipeline.encode(Array(line.utf8), side: .source, dropout: 0.5, using: &generator)
      let lengths = Self.pipeline.wordLengths(sentence, side: .source)
      #expect(lengths.count == 5)
      #expect(lengths.reduce(0) { $0 + Int($1) } == sentence.ids.count)
      seen.insert(lengths)
    }
    #expect(seen.count > 5)
  }

  @Test func hugeWordsAreCounted() {
    let pipeline = TextPipelineTests.pipeline(of: lines("ab"), merges: 0)
    let sentence = pipeline.encode([UInt8](repeating: UInt8(ascii: "a"), count: 70_000), side: .source)
    #expect(sentence.ids.count == 70_000)
    #expect(pipeline.wordLengths(sentence, side: .source).reduce(0) { $0 + Int($1) } == 70_000)
    #expect(pipeline.splitsWord(sentence, side: .source))
  }

  /// A hidden word is one id.
  @Test func hiddenWordsAreWords() {
    var source = Self.pipeline.encode(Array("Ann meets Bert".utf8), side: .source)
    var target = Self.pipeline.encode(Array("Ann trifft Bert".utf8), side: .target)
    let before = Self.pipeline.wordLengths(source, side: .source)
    var generator = SplitMix64(state: 1)
    Self.pipeline.maskSharedWords(source: &source, target: &target, probability: 1, using: &generator)
    let after = Self.pipeline.wordLengths(source, side: .source)
    #expect(before.count == 3 && before[0] > 1)
    #expect(after == [1, before[1], 1])
  }
}

import RandomNumbers
import Testing
import Text

@Suite struct TextPipelineMaskingTests {
  static let pipeline = TextPipelineTests.pipeline(
    of: lines("Anna meets Bert in 2016 , Bert meets Anna .\nAnna trifft Bert in 2016 , Bert trifft Anna ."))

  private func masked(
    _ source: String, _ target: String, probability: Double = 1, seed: UInt64 = 1
  ) -> (source: EncodedSentence, target: EncodedSentence) {
    var source = Self.pipeline.encode(Array(source.utf8), side: .source)
    var target = Self.pipeline.encode(Array(target.utf8), side: .target)
    var generator = SplitMix64(state: seed)
    Self.pipeline.maskSharedWords(
      source: &source, target: &target, probability: probability, using: &generator)
    return (source, target)
  }

  private func tokens(_ sentence: EncodedSentence) -> String {
    sentence.ids.map { text(Self.pipeline.vocabulary(.source)[$0]) }.joined(separator: " ")
  }

  @Test(arguments: [
    (source: "Anna meets 2016", target: "Anna trifft 2016", "<unk> meets <unk>", "<unk> trifft <unk>"),
    // A short word in lowercase is shared by chance.
    ("Anna meets in 2016", "Anna trifft in 2016", "<unk> meets in <unk>", "<unk> trifft in <unk>"),
    // A comma is not name-like.
    ("Anna , meets", "Anna , trifft", "<unk> , meets", "<unk> , trifft"),
    // Words in a different order would be filled in wrongly.
    ("Anna meets Bert", "Bert trifft Anna", "<unk> meets Bert", "Bert trifft <unk>"),
    // A repeated word is ambiguous.
    ("Bert meets Bert", "Bert trifft Anna", "Bert meets Bert", "Bert trifft Anna"),
    ("meets", "trifft", "meets", "trifft"),
  ])
  func hidesWordsThatStandOnBothSides(
    source: String, target: String, maskedSource: String, maskedTarget: String
  ) {
    let pair = masked(source, target)
    #expect(tokens(pair.source) == maskedSource)
    #expect(tokens(pair.target) == maskedTarget)
    #expect(pair.source.unknowns == pair.target.unknowns)
    #expect(
      text(Self.pipeline.decode(pair.source.ids, unknowns: pair.source.unknowns, side: .source)) == source)
    #expect(text(Self.pipeline.decode(pair.target.ids, unknowns: pair.source.unknowns)) == target)
  }

  @Test func aWordOfSeveralSubwordsIsHiddenWhole() {
    let pair = masked("Ann meets", "Ann trifft")
    #expect(tokens(pair.source) == "<unk> meets")
    #expect(pair.source.unknowns == [UnknownText(bytes: Array("Ann".utf8), continuesWord: false)])
  }

  @Test func aPairWithUnknownTextStaysAsItIs() {
    #expect(tokens(masked("Anna 東京", "Anna trifft").target) == "Anna trifft")
    #expect(tokens(masked("Anna meets", "Anna 東京").source) == "Anna meets")
  }

  /// A tag is not hidden, even if its characters occur in the translation.
  @Test func tagsAreNeverHidden() {
    let lines = lines("<2de> says Anna\n<2de> sagt Anna")
    let pipeline = TextPipelineTests.pipeline(of: lines, tags: ["<2de>"])
    var source = pipeline.encode(Array("<2de> says Anna".utf8), side: .source)
    var target = pipeline.encode(Array("<2de> sagt Anna".utf8), side: .target)
    var generator = SplitMix64(state: 1)
    pipeline.maskSharedWords(source: &source, target: &target, probability: 1, using: &generator)
    #expect(source.ids.first == 4)
    #expect(source.unknowns.map(\.bytes) == [Array("Anna".utf8)])
    #expect(target.unknowns == source.unknowns)
    #expect(text(pipeline.decode(target.ids, unknowns: target.unknowns)) == "<2de> sagt Anna")
  }

  @Test func theProbabilityIsKept() {
    let hidden = (0..<4_000).count { seed in
      !masked("Anna meets", "Anna trifft", probability: 0.2, seed: UInt64(seed)).source.unknowns.isEmpty
    }
    #expect(abs(hidden - 800) < 130)
    #expect(masked("Anna meets", "Anna trifft", probability: 0).source.unknowns.isEmpty)
  }
}

import Testing
import Text

@Suite struct CharacterCountsTests {
  @Test func rareCharactersAreLeftOutWithAllSubwordsThatHaveThem() {
    let counts = WordCounts(lines: lines("low low low łow łow łow東 東"))
    let encoding = BytePairEncoding.learn(from: counts, merges: 50)
    #expect(CharacterCounts(counts).count(atLeast: 3) == 4)
    for (minimum, missing) in [(1, ""), (2, ""), (3, "東"), (4, "東łl")] {
      let vocabulary = Vocabulary(of: counts, encoding: encoding, minimumCharacterFrequency: minimum)
      let tokens = VocabularyTests.tokens(vocabulary).dropFirst(4).joined()
      for character in "lowł東" {
        #expect(tokens.contains(character) == !missing.contains(character), "\(character), \(minimum)")
      }
    }
  }

  @Test func theMinimumGrowsWithTheText() {
    let found = [0, 9_999, 10_000, 25_000, 40_000, 1_000_000_000].map {
      CharacterCounts.minimumFrequency(words: $0)
    }
    #expect(found == [1, 1, 2, 3, 5, 5])
  }

  @Test(arguments: [(nil, 1, true), (nil, 3, false), (3, 1, false), (1, 3, true)])
  func settingsTakePrecedence(characters: Int?, subwords: Int, isKept: Bool) throws {
    var settings = TextPipelineSettings()
    settings.minimumCharacterFrequency = characters
    settings.minimumFrequency = subwords
    let counts = WordCounts(lines: lines("low low low łow łow"))
    let pair = try ICUBytePairs.learn(from: (counts, WordCounts()), settings: settings) { _, _ in }
    #expect((pair.source.vocabulary.id(of: Subword("ł")) != nil) == isKept)
  }
}

import Recipes
import Testing
import Text

@Suite struct VocabularyRulesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let words: (source: Int, target: Int)
    let scripts: (source: [String: Double], target: [String: Double])
    let sharing: String
    let merges: String
    var testDescription: String { name }

    var profile: TextProfile {
      .sample(words: words, scripts: scripts)
    }
  }

  static let latin = ["Latn": 1.0]
  static let han = ["Hani": 0.98, "Latn": 0.02]
  static let japanese = ["Hani": 0.45, "Hira": 0.45, "Kana": 0.08, "Latn": 0.02]
  static let serbian = ["Latn": 0.6, "Cyrl": 0.4]

  static let cases = [
    Case(
      name: "a thousand pairs", words: (9_000, 8_000), scripts: (latin, latin), sharing: "--joint",
      merges: "1000"),
    Case(
      name: "a few sentences", words: (900, 800), scripts: (latin, latin), sharing: "--joint", merges: "500"),
    Case(
      name: "Multi30k", words: (380_000, 370_000), scripts: (latin, latin), sharing: "--joint", merges: "8000"
    ),
    Case(
      name: "Tatoeba English-Chinese", words: (140_000, 125_000), scripts: (latin, han),
      sharing: "--separate",
      merges: "3000"),
    Case(
      name: "the side with fewer words decides", words: (140_000, 30_000), scripts: (latin, han),
      sharing: "--separate", merges: "1000"),
    Case(
      name: "Serbian in two alphabets, and English", words: (3_000_000, 3_000_000), scripts: (serbian, latin),
      sharing: "--joint", merges: "10000"),
    Case(
      name: "Chinese and Japanese", words: (20_000_000, 20_000_000), scripts: (han, japanese),
      sharing: "--separate", merges: "16000"),
    Case(
      name: "a hundred million pairs", words: (2_000_000_000, 2_000_000_000), scripts: (latin, latin),
      sharing: "--joint", merges: "32000"),
    Case(
      name: "no letters", words: (50_000, 50_000), scripts: ([:], [:]), sharing: "--separate", merges: "2000"),
  ]

  @Test(arguments: cases)
  func followFromTheText(_ item: Case) {
    let sharing = VocabularyRules.sharing(item.profile)
    #expect(sharing.option == item.sharing && sharing.value == "true")
    let merges = VocabularyRules.merges(item.profile, isJoint: item.sharing == "--joint")
    #expect(merges.option == "--merges" && merges.value == item.merges, "\(merges)")
    #expect(!merges.reason.isEmpty && !merges.source.isEmpty)
  }

  @Test(arguments: [
    (han, "zh"), (japanese, "ja"), (["Thai": 0.9, "Latn": 0.1], "th"), (["Khmr": 1], "km"), (latin, nil),
    (["Hani": 0.1, "Latn": 0.9], nil), ([:], nil),
  ])
  func languagesWithoutSpacesAreKnownByTheirScript(scripts: [String: Double], language: String?) {
    let profile = TextProfile.sample(words: (10, 10), scripts: (Self.latin, scripts))
    #expect(VocabularyRules.language(profile.target) == language)
    #expect(VocabularyRules.languageChoice(.target, profile)?.value == language)
    #expect(
      VocabularyRules.languageChoice(.target, profile)?.option ?? "--target-language" == "--target-language")
    #expect(VocabularyRules.languageChoice(.source, profile) == nil)
  }

  @Test func scriptsAreThoseOfTheLetters() {
    let counts = WordCounts(lines: ["Haus 12 , 你好 !", "ab"].map { Array($0.utf8) })
    #expect(counts.scriptShares == ["Latn": 0.75, "Hani": 0.25])
    #expect(TextProfile.Side(counts).mainScript == "Latn" && TextProfile.Side(counts).words == 6)
    #expect(WordCounts(lines: [Array("1 2 !".utf8)]).scriptShares.isEmpty)
  }
}

extension TextProfile {
  /// A profile in which nothing else matters.
  static func sample(
    words: (source: Int, target: Int),
    scripts: (source: [String: Double], target: [String: Double]) = ([:], [:])
  ) -> TextProfile {
    TextProfile(
      pairs: max(1, words.target / 12),
      source: Side(
        words: words.source, types: words.source / 4 + 200, characters: 80, scripts: scripts.source),
      target: Side(
        words: words.target, types: words.target / 4 + 200, characters: 80, scripts: scripts.target))
  }
}

import Decoding
import Terminology
import Testing
import Translation

/// Terms and other words that translations must and must not contain.
@Suite struct TermTests {
  static let glossary = Glossary([
    .init(source: "cat", targets: ["dog"]), .init(source: "station", targets: ["house", "river"]),
    .init(source: "tickets", targets: ["\u{4e2d}"]),
  ])

  func translate(_ lines: [String], _ change: (inout TranslationRequest) -> Void) throws
    -> [TranslationResult]
  {
    try makeTranslator { change(&$0.request) }.translate(lines)
  }

  @Test(arguments: [1, 5], [SentenceSplitting.always, .never])
  func termsAreTranslatedAsTheGlossarySays(beam: Int, splitting: SentenceSplitting) throws {
    let results = try translate(sampleLines) {
      $0.glossary = Self.glossary
      $0.search.beamSize = beam
      $0.sentenceSplitting = splitting
    }
    #expect(results[0].text.split(separator: " ").contains("dog"))
    #expect(results[0].alternatives[0].terms == [.init(source: "cat", targets: ["dog"], found: "dog")])
    #expect(
      ["house", "river"].contains(results[2].alternatives[0].terms[0].found), "\(results[2].text)")
    // No token can spell this form: it is reported as missing, and nothing else changes.
    #expect(results[4].alternatives[0].terms == [.init(source: "tickets", targets: ["\u{4e2d}"], found: nil)])
    let free = try translate(sampleLines) {
      $0.search.beamSize = beam
      $0.sentenceSplitting = splitting
    }
    for line in [1, 3, 4, 5, 6, 7, 8, 9] { #expect(results[line].text == free[line].text) }
    #expect(results[1].alternatives[0].terms.isEmpty)
  }

  @Test func termsGoWhereTheirSourceIs() throws {
    let results = try translate(["the cat sat on the mat ."]) { $0.glossary = Self.glossary }
    #expect(results[0].text.split(separator: " ").firstIndex(of: "dog") == 1)
  }

  @Test(arguments: [1, 5])
  func forbiddenWordsDoNotOccur(beam: Int) throws {
    let results = try translate(["the cat sat on the mat ."]) {
      $0.forbidden = ["cat"]
      $0.search.beamSize = beam
    }
    #expect(!results[0].text.split(separator: " ").contains("cat"))
  }

  @Test func stemsAreFoundOnRequest() throws {
    let glossary = Glossary([.init(source: "bark", targets: ["sat"])])
    for matching in TermMatching.allCases {
      let results = try translate(["a dog barks"]) {
        $0.glossary = glossary
        $0.termMatching = matching
      }
      #expect(results[0].alternatives[0].terms.count == (matching == .stem ? 1 : 0))
    }
  }

  @Test func samplingCannotLookForTerms() {
    #expect(throws: TranslationError.self) {
      try translate(["a"]) {
        $0.glossary = Self.glossary
        $0.search.sampling = Sampling()
      }
    }
  }
}

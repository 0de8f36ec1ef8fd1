import Decoding
import Terminology
import Testing
import Text
import Tokens
import Translation

/// Protected spans come through translations as they are, once.
@Suite struct ProtectionTests {
  private func translate(
    _ lines: [String], _ model: CopyModel? = nil, _ change: (inout TranslationRequest) -> Void = { _ in }
  ) throws -> [TranslationResult] {
    try makeTranslator(model) { change(&$0.request) }.translate(lines)
  }

  static let lines = [
    "the {name} sat on https://example.org/a?b=c .", "a <b>dog barks</b> at <i>the</i> mat", "{0}", "<br/>",
    "{0}: %s",
    "where is {x}{y} ?", "the cat (%1$s) sat , {name}, on the mat .",
    "<a href=\"x\">the cat</a> sat &amp; sat",
    "<b>the cat sat . a dog barks</b> . yes", "</b> no <b>", "a <b><i>dog</i></b> barks<br/>yes",
    "no <name> here",
  ]

  @Test(arguments: [1, 5], [SentenceSplitting.always, .never])
  func spansComeThroughOnce(beam: Int, splitting: SentenceSplitting) throws {
    let results = try translate(Self.lines) {
      $0.search.beamSize = beam
      $0.sentenceSplitting = splitting
    }
    for (line, result) in zip(Self.lines, results) {
      // The model copies, so that nothing changes, neither the places of spans nor the spaces around them.
      #expect(result.text == line)
      #expect(result.alternatives[0].protected.allSatisfy { $0.state == .found })
      let finder = SpanFinder()
      let bytes = Array(line.utf8)
      #expect(
        result.alternatives[0].protected.map(\.text)
          == finder.spans(in: bytes).map { String(decoding: bytes[$0.range], as: UTF8.self) })
    }
  }

  @Test func linesWithoutSpansAreTranslatedAsBefore() throws {
    let lines = sampleLines + manyLines(50)
    #expect(try translate(lines) == translate(lines) { $0.protection = .none })
  }

  /// A model that stops early leaves spans out.
  @Test func missingSpansAreInsertedOrReported() throws {
    var model = CopyModel(samplePipeline)
    model.stopsAfter = 2
    let line = "the cat sat on {name} , the {0} barks"
    for missing in MissingSpans.allCases {
      let results = try translate([line], model) {
        $0.protection.missing = missing
        $0.search.limits.allowsUnknown = false
      }
      let states = results[0].alternatives[0].protected.map(\.state)
      let count = ["{name}", "{0}"].count { results[0].text.contains($0) }
      #expect(states == (missing == .insert ? [.inserted, .inserted] : [.missing, .missing]))
      #expect(count == (missing == .insert ? 2 : 0))
    }
  }

  @Test func nBestAndSamplesHaveAllSpans() throws {
    let line = "the {name} sat on <b>the mat</b> of {0} ."
    for isSampled in [false, true] {
      let results = try translate([line]) {
        $0.search.nBest = 4
        if isSampled { $0.search.sampling = Sampling(temperature: 2) }
      }
      #expect(results[0].alternatives.count > 1)
      for alternative in results[0].alternatives {
        for span in ["{name}", "<b>", "</b>", "{0}"] {
          #expect(alternative.text.split(separator: span, omittingEmptySubsequences: false).count == 2)
        }
      }
    }
  }

  @Test func ownPatternsAndNone() throws {
    let results = try translate(["the AB-12 sat"]) { $0.protection.patterns = ["[A-Z]{2}-[0-9]+"] }
    #expect(results[0].text == "the AB-12 sat")
    #expect(results[0].alternatives[0].protected.map(\.kind) == [.pattern])
    #expect(throws: TranslationError.self) { try translate(["a"]) { $0.protection.patterns = ["("] } }
    let none = try translate(["the {name} sat"]) { $0.protection = .none }
    #expect(none[0].alternatives[0].protected.isEmpty)
  }

  @Test func linesAskForThemselves() throws {
    let translator = try makeTranslator()
    var own = SourceLine("the AB-12 sat")
    own.protectedPatterns = ["AB-[0-9]+"]
    var off = SourceLine("the {name} sat")
    off.isProtected = false
    var explicit = SourceLine("the cat sat")
    explicit.spans = [ProtectedSpan(range: 4..<7, kind: .tag, role: .copied)]
    let results = try translator.translate(guided: [own, off, explicit])
    #expect(results.map { $0.alternatives[0].protected.map(\.text) } == [["AB-12"], [], ["cat"]])
    own.protectedPatterns = ["("]
    #expect(throws: TranslationError.self) { try translator.translate(guided: [own]) }
  }

  @Test func prefixesAreNotRepeated() throws {
    let translator = try makeTranslator()
    var line = SourceLine("the cat sat on {name} mat")
    line.prefix = "the cat sat on {name}"
    let result = try translator.translate(guided: [line])[0]
    #expect(result.text.split(separator: "{name}", omittingEmptySubsequences: false).count == 2)
  }

  @Test func termsAndSpansGoTogether() throws {
    let results = try translate(["the cat sat on {name} mat ."]) {
      $0.glossary = Glossary([.init(source: "cat", targets: ["dog"])])
    }
    #expect(results[0].text.split(separator: " ").contains("dog"))
    #expect(results[0].text.contains("{name}"))
  }

  @Test func jsonSaysWhatBecameOfSpans() throws {
    let results = try translate(["the {name} sat"])
    #expect(
      JSONResult(results[0]).line.contains(
        #""protected":[{"kind":"placeholder","state":"found","text":"{name}"}]"#))
  }

  @Test func longLinesKeepTheirSpans() throws {
    let line = (0..<300).map { "the {v\($0)} sat <b>on</b> the mat" }.joined(separator: " ")
    let results = try translate([line]) { $0.maxSourceLength = 40 }
    #expect(results[0].text == line)
  }

  @Test func charactersOfThePrivateUseAreaMayBeInTheText() throws {
    let line = "the \u{F0000} {name} \u{F0001} sat"
    let results = try translate([line])
    #expect(results[0].text == line)
  }
}

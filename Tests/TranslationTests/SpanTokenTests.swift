import Decoding
import Testing
import Text
import Tokens
import Translation

/// Models with span tokens read these in place of protected spans.
@Suite struct SpanTokenTests {
  /// ``samplePipeline`` with two span tokens.
  private let pipeline = {
    var settings = samplePipeline.settings
    settings.marks.spans = 2
    let counts = WordCounts(lines: sampleLines.map { Array($0.utf8) })
    let encoding = BytePairEncoding.learn(from: counts, merges: 30)
    return TextPipeline(
      settings: settings, encoding: encoding,
      vocabulary: Vocabulary(of: counts, encoding: encoding, marks: MarkTokens(spans: 2)))
  }()
  private var spans: [TokenID] { pipeline.vocabulary(.target).spanIDs }

  private func translate(
    _ lines: [String], _ model: CopyModel, _ pipeline: TextPipeline? = nil,
    _ change: (inout TranslationRequest) -> Void = { _ in }
  ) throws -> [TranslationResult.Alternative] {
    try makeTranslator(model, pipeline ?? self.pipeline) { change(&$0.request) }.translate(lines)
      .map { $0.alternatives[0] }
  }

  @Test(arguments: [1, 5]) func spansAreReadAsTokens(beam: Int) throws {
    for line in ProtectionTests.lines {
      let model = CopyModel(pipeline)
      let result = try translate([line], model) { $0.search.beamSize = beam }[0]
      #expect(result.text == line)
      #expect(result.protected.allSatisfy { $0.state == .found && $0.attempt ?? 1 == 1 })
      let copied = result.protected.count { $0.attempt != nil }
      let read = model.record.sources.joined().filter(spans.contains)
      // A line with markup is read once more, for its alignment.
      #expect(copied == result.protected.count ? read.count == copied : read.count >= copied, "\(line)")
      // Markup is not read.
      if line.contains("{name}") { #expect(read.count > 0) }
    }
  }

  /// A span counts as the one token that the model reads, however long it is.
  @Test func aTranslationOfALongSpanIsNotShort() throws {
    let line = "the cat sat on [" + String(repeating: "the cat ", count: 20) + "]"
    let result = try makeTranslator(CopyModel(pipeline), pipeline) {
      $0.request.protection.patterns = [#"\[.*\]"#]
    }.translate([line])[0]
    #expect(result.text == line && !result.isShort)
    #expect(result.alternatives[0].protected.map(\.attempt) == [1])
    #expect(pipeline.encode(text: Array(line.utf8), side: .source).ids.count > 12)
  }

  @Test func moreSpansThanTokensStayAsTheyAre() throws {
    let line = "the {name} sat on {0} , {1} of {2} ."
    let model = CopyModel(pipeline)
    #expect(try translate([line], model)[0].text == line)
    let read = model.record.sources[0]
    #expect(read.filter(spans.contains) == spans && read.count { $0 == pipeline.specialTokens.unknown } == 2)
  }

  /// A token is predicted only for a span that is there.
  @Test(arguments: [1, 4]) func otherTokensAreNeverPredicted(beam: Int) throws {
    var model = CopyModel(pipeline)
    model.favorite = spans[1]
    let lines = ["the cat sat", "the {name} sat", "a <b>dog</b> barks", "{0}"]
    let results = try translate(lines, model) {
      $0.search.beamSize = beam
      $0.reportsTokens = true
    }
    #expect(results.map(\.text) == lines)
    #expect(results.allSatisfy { !$0.tokens.contains { $0.text.contains("span") } })
    // The same model as if it had no such tokens.
    let plain = try translate(Array(lines.prefix(1)), CopyModel(samplePipeline), samplePipeline)
    #expect(results[0].text == plain[0].text)
  }

  @Test func aTokenThatIsLeftOutIsRequired() throws {
    var model = CopyModel(pipeline)
    model.avoided = (Set(spans), 1)
    let line = "the {name} sat on {0} ."
    let result = try translate([line], model)[0]
    for span in ["{name}", "{0}"] {
      #expect(result.text.split(separator: span, omittingEmptySubsequences: false).count == 2)
    }
    #expect(result.protected.map(\.attempt) == [2, 2] && result.protected.allSatisfy { $0.state == .found })
    let whole = try makeTranslator(model, pipeline).translate([line])[0]
    #expect(JSONResult(whole).line.contains("\"attempt\":2"))
  }

  /// What never comes as a token is read as it is.
  @Test func otherFormsFollow() throws {
    var model = CopyModel(pipeline)
    model.avoided = (Set(spans), -.infinity)
    let line = "the {name} sat on {0} ."
    let result = try translate([line], model)[0]
    #expect(result.text == line && result.protected.map(\.attempt) == [3, 3])
  }

  /// What the model read in place of spans is not shown.
  @Test func wordsAndTokensAreThoseOfTheSpans() throws {
    func words(_ model: CopyModel, _ pipeline: TextPipeline) throws -> (words: [String], tokens: [String]) {
      let result = try translate(["the {name} sat"], model, pipeline) {
        ($0.reportsWords, $0.reportsTokens, $0.search.beamSize) = (true, true, 2)
      }[0]
      #expect(result.text == "the {name} sat")
      return (result.words.map(\.text), result.tokens.map(\.text))
    }
    let read = try words(CopyModel(pipeline), pipeline)
    #expect(read.words == ["the", "{name}", "sat"] && read.tokens.contains("{name}"))
    // A name, in a model without span tokens that cannot write a brace.
    let letters = WordCounts(lines: ["{ } X A B 1 2 n a m e t h s"].map { Array($0.utf8) })
    let own = TextPipeline(
      settings: samplePipeline.settings, encoding: BytePairEncoding(),
      vocabulary: Vocabulary(of: letters, encoding: BytePairEncoding()))
    var model = CopyModel(own)
    model.avoided = ([try #require(own.vocabulary(.target).id(of: Subword("{@@")))], -.infinity)
    #expect(try words(model, own).words == ["the", "{name}", "sat"])
  }
}

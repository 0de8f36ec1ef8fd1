import Decoding
import Testing
import Text
import Translation

/// Tags of source lines.
@Suite struct TagTests {
  /// `<2de>` is token 4, `<2fr>` is token 5; the training text contains both.
  static let pipeline: TextPipeline = {
    var settings = TextPipelineSettings()
    (settings.tokenizer, settings.tags) = (.whitespace, ["<2de>", "<2fr>"])
    let counts = WordCounts(lines: (sampleLines + ["<2de> <2fr>"]).map { Array($0.utf8) })
    let encoding = BytePairEncoding.learn(from: counts, merges: 30)
    return TextPipeline(
      settings: settings, encoding: encoding,
      vocabulary: Vocabulary(of: counts, encoding: encoding, tags: settings.tags))
  }()

  private func translate(
    _ lines: [String], tag: String? = nil, limit: Int = 200, capacity: Int = .max
  ) throws -> (results: [TranslationResult], record: CopyModel.Record) {
    var model = CopyModel(Self.pipeline)
    model.maxLength = capacity
    let translator = try makeTranslator(model, Self.pipeline) {
      ($0.request.sourceTag, $0.request.maxSourceLength) = (tag, limit)
    }
    return (try translator.translate(lines), model.record)
  }

  @Test func aLineHasItsOwnTag() throws {
    let (results, record) = try translate(["<2de> the cat", "the cat", "the cat <2fr>", "<2fr>", "<2de>\t "])
    // The tag is copied, but is not text.
    #expect(results.map(\.text) == ["the cat", "the cat", "the cat <2fr>", "", ""])
    #expect(results.map(\.pieces) == [1, 1, 1, 0, 0])
    #expect(record.sources.count { $0.first == 4 } == 1)
    #expect(record.sources.allSatisfy { !$0.dropFirst().contains(4) && !$0.contains(5) })
    #expect(results.allSatisfy { !$0.tagIsText })
  }

  @Test func aTagThatIsGivenLeavesTextAlone() throws {
    let lines = ["the cat", "<2fr> the cat", "<2de> the cat", "", " ", "the <2fr>"]
    let (results, record) = try translate(lines, tag: "<2de>")
    #expect(results.map(\.text) == ["the cat", "<2fr> the cat", "<2de> the cat", "", "", "the <2fr>"])
    #expect(results.map(\.tagIsText) == [false, true, true, false, false, false])
    #expect(record.sources.count == 4)
    #expect(record.sources.allSatisfy { $0.first == 4 && !$0.dropFirst().contains(4) && !$0.contains(5) })
  }

  /// Wherever the line is cut, a piece may begin with the characters of a tag.
  @Test(arguments: [1, 3, 8, 20], [nil, "<2de>"])
  func allPartsOfALongLineHaveItsTag(limit: Int, tag: String?) throws {
    let text = String(repeating: "<2fr> the cat , ", count: 40) + "end"
    let (results, record) = try translate([tag == nil ? "<2de> \(text)" : text], tag: tag, limit: limit)
    #expect(results[0].text == text)
    #expect(results[0].pieces == record.sources.count && results[0].pieces > 20 / limit)
    #expect(record.sources.allSatisfy { $0.first == 4 && !$0.dropFirst().contains(4) && !$0.contains(5) })
    // The tag, the tokens of text, `</s>`.
    #expect(record.longest <= limit + 2)
  }

  @Test func modelsOwnLimitCountsTheTag() throws {
    let text = String(repeating: "the cat ", count: 40)
    #expect(try translate([text], tag: "<2fr>", capacity: 9).record.longest <= 9)
    #expect(try translate([text], tag: "<2fr>", limit: 1, capacity: 3).record.longest <= 3)
    #expect(throws: TranslationError.noRoomForTag(maxLength: 2)) { try translate(["a"], capacity: 2) }
  }

  @Test func aLineMaySetItsTag() throws {
    let model = CopyModel(Self.pipeline)
    let translator = try makeTranslator(model, Self.pipeline) { $0.request.sourceTag = "<2de>" }
    var lines = [SourceLine("the cat"), SourceLine("<2de> a dog"), SourceLine("the dog")]
    lines[1].tag = "<2fr>"
    #expect(try translator.translate(guided: lines).map(\.text) == ["the cat", "<2de> a dog", "the dog"])
    #expect(Set(model.record.sources.map(\.first)) == [4, 5])
    #expect(model.record.sources.count { $0.first == 5 } == 1)
  }

  @Test func theLinesBeforeAnUnknownTagAreTranslated() async throws {
    let service = try TranslationService(model: CopyModel(Self.pipeline), pipeline: Self.pipeline)
    var lines = [SourceLine("the cat"), SourceLine("a dog"), SourceLine("the dog")]
    lines[1].tag = "<2es>"
    let error = TranslationError.lineTag(line: 2, .unknownTag(found: "<2es>", known: ["<2de>", "<2fr>"]))
    await #expect(throws: error) { try await service.translate(guided: lines) }
    var results: [String] = []
    await #expect(throws: error) {
      for try await result in try service.results(guided: lines) { results.append(result.text) }
    }
    #expect(results == ["the cat"])
  }

  @Test func anUnknownTagIsRefused() throws {
    #expect(throws: TranslationError.tag(.unknownTag(found: "<2es>", known: ["<2de>", "<2fr>"]))) {
      try translate(["a"], tag: "<2es>")
    }
    #expect(throws: TranslationError.tag(.unknownTag(found: "<2de>", known: []))) {
      try makeTranslator { $0.request.sourceTag = "<2de>" }
    }
  }
}

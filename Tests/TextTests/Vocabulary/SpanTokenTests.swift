import Testing
import Text
import Tokens

/// Tokens that stand for copied text.
@Suite struct SpanTokenTests {
  /// A vocabulary of text that has the names of span tokens often.
  private func learn(_ kind: String, spans: Int, joint: Bool = true) throws -> TextPipeline {
    try LearningText.learn(
      kind, marks: MarkTokens(spans: spans), joint: joint, with: "the <span1> of <span2> , <span1>")
  }

  @Test(arguments: LearningText.kinds, [true, false])
  func theyComeAfterAllOthers(kind: String, joint: Bool) throws {
    let (plain, with) = (try learn(kind, spans: 0, joint: joint), try learn(kind, spans: 3, joint: joint))
    for side in TextPipeline.Side.allCases {
      let (old, new) = (plain.vocabulary(side), with.vocabulary(side))
      // Text loses what would have the name of one.
      let kept = (0..<TokenID(old.count)).map { text(old[$0]) }.filter { !SpanTokens.names(3).contains($0) }
      // SentencePiece may fill the vocabulary up.
      #expect((0..<TokenID(new.count)).map { text(new[$0]) }.starts(with: kept + SpanTokens.names(3)))
      #expect(new.spanIDs.map { text(new[$0]) } == ["<span1>", "<span2>", "<span3>"])
      #expect(old.spanIDs.isEmpty && new.spanIDs.allSatisfy { !new.isText($0) && !new.isTag($0) })
    }
    let folder = try ScratchFolder()
    try with.write(to: folder.path)
    #expect(String(decoding: try folder.read("pipeline.json"), as: UTF8.self).contains("\"span_tokens\" : 3"))
    let read = try TextPipeline(folder: folder.path)
    #expect(read.settings.marks.spans == 3)
    for side in TextPipeline.Side.allCases { #expect(read.vocabulary(side) == with.vocabulary(side)) }
    try plain.write(to: folder.path)
    #expect(!String(decoding: try folder.read("pipeline.json"), as: UTF8.self).contains("span_tokens"))
  }

  /// Text with their names is text, and comes back.
  @Test(arguments: LearningText.kinds) func textIsNeverASpanToken(kind: String) throws {
    let pipeline = try learn(kind, spans: 3)
    for side in TextPipeline.Side.allCases {
      let vocabulary = pipeline.vocabulary(side)
      for line in ["<span1>", "the <span2> of <span1> , <span1>", "x<span3>y", "<span1> <2de>"] {
        let sentence = pipeline.encode(Array(line.utf8), side: side)
        #expect(!sentence.ids.contains(where: vocabulary.isSpan), "\(line)")
        #expect(text(pipeline.decode(sentence.ids, unknowns: sentence.unknowns, side: side)) == line)
        let subwords = pipeline.subwords(of: Array(line.utf8), side: side)
        #expect(text(pipeline.line(ofSubwords: subwords, side: side)) == line)
      }
    }
  }

  /// Characters of the private use area, as protected spans have them.
  private static let characters = [0xF0000, 0xF0001, 0xF0002].map { (value: UInt32) in
    Array(String(Character(Unicode.Scalar(value) ?? "?")).utf8)
  }

  @Test(arguments: LearningText.kinds) func theyStandForCharacters(kind: String) throws {
    let pipeline = try learn(kind, spans: 3)
    let vocabulary = pipeline.vocabulary(.source)
    let (first, second) = (text(Self.characters[0]), text(Self.characters[1]))
    let separated = kind != "whitespace"
    for line in [
      "the \(first) of the \(second) .", "\(second) of \(first)", "the (\(first)) of \(second) , and",
      "the \(first)\(second) of", "\(first)", "of \u{4E2D}\u{4E2D} \(first) and \(second)",
    ] {
      let characters = line.contains(second) ? Array(Self.characters[..<2]) : [Self.characters[0]]
      let sentence = try #require(
        pipeline.withSpanTokens(
          pipeline.encode(text: Array(line.utf8), side: .source), for: characters, side: .source), "\(line)")
      #expect(sentence.ids.count(where: vocabulary.isSpan) == characters.count)
      let order = sentence.ids.filter(vocabulary.isSpan).map { vocabulary.spanIDs.firstIndex(of: $0)! }
      #expect(order.first == (line.hasPrefix(second) ? 1 : 0))
      #expect(sentence.spans.count == characters.count)
      // The text, with the text behind each.
      let decoded = pipeline.decode(
        sentence.ids, unknowns: sentence.unknowns, spans: sentence.spans, side: .source)
      #expect(text(decoded) == line || !separated)
      // Without that, they are left out.
      let without = text(pipeline.decode(sentence.ids, unknowns: sentence.unknowns, side: .source))
      #expect(!without.contains("span") && !without.contains(first))
      // Their places are those of the characters.
      if kind != "byte fallback" || !line.contains("\u{4E2D}") {
        let places = pipeline.visiblePlaces(of: sentence, side: .source)
        #expect(places.last?.upperBound == visibleCount(of: Array(line.utf8)[...]))
      }
      #expect(pipeline.wordLengths(sentence, side: .source).reduce(0) { $0 + Int($1) } == sentence.ids.count)
    }
    // Alone, each is a word, as in the words of an aligner.
    let sentence = EncodedSentence(
      ids: pipeline.encode(Array("the".utf8), side: .source).ids + [vocabulary.spanIDs[1]])
    #expect(pipeline.wordLengths(sentence, side: .source).last == 1)
    // A character that is not there has no token.
    #expect(
      pipeline.withSpanTokens(
        pipeline.encode(text: Array("the".utf8), side: .source), for: [Self.characters[0]], side: .source)
        == nil)
  }

  @Test(arguments: LearningText.kinds, [true, false])
  func theyAreAddedToVocabularies(kind: String, joint: Bool) throws {
    let old = try learn(kind, spans: 0, joint: joint)
    let hasText = old.vocabulary(.source).id(of: Subword("<span1>")) != nil
    if hasText {
      #expect { try old.extended(by: VocabularyExtension(marks: MarkTokens(spans: 2))) } throws: {
        "\($0)".contains("a token '<span1>' already")
      }
      return
    }
    let new = try old.extended(by: VocabularyExtension(tags: ["<2xx>"], marks: MarkTokens(spans: 2)))
    for side in TextPipeline.Side.allCases {
      let vocabulary = new.vocabulary(side)
      #expect(vocabulary.spanIDs.map { text(vocabulary[$0]) } == SpanTokens.names(2))
      #expect(vocabulary.spanIDs.allSatisfy { Int($0) >= old.vocabularySize(side) })
    }
    #expect(old.spellings(ofNewTokensIn: new, .target).suffix(1) == [[]])
    #expect(try new.extended(by: VocabularyExtension(marks: MarkTokens(spans: 1))).settings == new.settings)
    let more = try new.extended(by: VocabularyExtension(marks: MarkTokens(spans: 3)))
    #expect(more.vocabulary(.target).spanIDs.prefix(2) == new.vocabulary(.target).spanIDs[...])
    #expect(more.vocabulary(.target).spanIDs.count == 3)
  }

  @Test func namesDoNotClash() throws {
    let old = try learn("icu", spans: 2)
    for addition in [
      VocabularyExtension(tags: ["<span2>"]), VocabularyExtension(source: ["<span1>"]),
      VocabularyExtension(tags: ["<span4>"], marks: MarkTokens(spans: 4)),
      VocabularyExtension(marks: MarkTokens(spans: SpanTokens.most + 1)),
    ] { #expect(throws: VocabularyError.self) { try old.extended(by: addition) } }
    let folder = try ScratchFolder()
    try old.write(to: folder.path)
    let json = String(decoding: try folder.read("pipeline.json"), as: UTF8.self)
    func read(_ old: String, _ new: String) throws -> String {
      let parts = json.split(separator: old, omittingEmptySubsequences: false)
      try folder.write("pipeline.json", Array(parts.joined(separator: new).utf8))
      let error = #expect(throws: VocabularyError.self) { try TextPipeline(folder: folder.path) }
      return "\(try #require(error))"
    }
    #expect(try read("<2de>", "<span1>").contains("the tag '<span1>' has the name of a span token"))
    #expect(try read("\"span_tokens\" : 2", "\"span_tokens\" : 3").contains("there is no token '<span3>'"))
    #expect(try read("\"span_tokens\" : 2", "\"span_tokens\" : -1").contains("expected 0 to"))
  }
}

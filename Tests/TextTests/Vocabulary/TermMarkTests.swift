import Testing
import Text
import Tokens

/// Translations of terms in source sentences.
@Suite struct TermMarkTests {
  /// A vocabulary of text that has the names of the marks often.
  private func learn(_ kind: String, marks: MarkTokens, joint: Bool = true) throws -> TextPipeline {
    try LearningText.learn(kind, marks: marks, joint: joint, with: "the <term> of <as> , </term>")
  }

  private func text(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }

  @Test(arguments: LearningText.kinds, [true, false])
  func theyComeAfterSpanTokens(kind: String, joint: Bool) throws {
    let pipeline = try learn(kind, marks: MarkTokens(spans: 2, terms: true), joint: joint)
    for side in TextPipeline.Side.allCases {
      let vocabulary = pipeline.vocabulary(side)
      let marks = try #require(vocabulary.termMarks)
      let ids = [marks.opening, marks.meaning, marks.closing]
      #expect(ids.map { text(vocabulary[$0]) } == ["<term>", "<as>", "</term>"])
      #expect(ids[0] > vocabulary.spanIDs[1])
      #expect(ids.allSatisfy { !vocabulary.isText($0) && !vocabulary.isTag($0) && !vocabulary.isSpan($0) })
      // Text with their names is text, and comes back.
      for line in ["<term>", "the <as> of <term> , </term>", "x<as>y"] {
        let sentence = pipeline.encode(Array(line.utf8), side: side)
        #expect(!sentence.ids.contains(where: vocabulary.isTermMark), "\(line)")
        #expect(text(pipeline.decode(sentence.ids, unknowns: sentence.unknowns, side: side)) == line)
      }
    }
    let folder = try ScratchFolder()
    try pipeline.write(to: folder.path)
    #expect(text(try folder.read("pipeline.json")).contains("\"term_marks\" : true"))
    #expect(try TextPipeline(folder: folder.path).settings.marks == pipeline.settings.marks)
  }

  /// Words, their places and the text are those of the sentence without translations.
  @Test(arguments: LearningText.kinds, [true, false])
  func translationsAreNoText(kind: String, joint: Bool) throws {
    let pipeline = try learn(kind, marks: MarkTokens(terms: true), joint: joint)
    let vocabulary = pipeline.vocabulary(.source)
    let marks = try #require(vocabulary.termMarks)
    for line in LearningText.lines.prefix(12).map({ text($0) }) + ["<2de> the \u{4E2D} of the \u{4E2D}x ."] {
      let plain = pipeline.encode(Array(line.utf8), side: .source)
      let words = pipeline.wordLengths(plain, side: .source).map(Int.init)
      let places = pipeline.visiblePlaces(of: plain, side: .source)
      // The second word, and the last one.
      guard words.count > 3 else { continue }
      let second = words[0]..<words[0] + words[1]
      let last = plain.ids.count - words[words.count - 1]..<plain.ids.count
      let translation = try #require(pipeline.annotation(Array("of the".utf8)))
      let annotated = pipeline.annotated(
        plain, with: [second, last].map { TermAnnotation(term: $0, translation: translation) })
      #expect(annotated.ids.count == plain.ids.count + 2 * (translation.count + 3))
      #expect(
        Array(annotated.ids[words[0]...].prefix(words[1] + translation.count + 3)) == [marks.opening]
          + plain.ids[second] + [marks.meaning] + translation + [marks.closing])
      var expected = words
      expected[1] += translation.count + 3
      expected[words.count - 1] += translation.count + 3
      #expect(pipeline.wordLengths(annotated, side: .source).map(Int.init) == expected, "\(line)")
      #expect(
        pipeline.wordTexts(annotated, side: .source) == pipeline.wordTexts(plain, side: .source), "\(line)")
      let decoded = [plain, annotated].map {
        pipeline.decode($0.ids, unknowns: $0.unknowns, side: .source)
      }
      #expect(decoded[0] == decoded[1])
      let kept = zip(annotated.ids, pipeline.visiblePlaces(of: annotated, side: .source))
        .filter { !$1.isEmpty }
      #expect(kept.map(\.1) == places.filter { !$0.isEmpty })
    }
    // A mark that a model predicts says nothing.
    let target = try #require(pipeline.vocabulary(.target).termMarks)
    let word = pipeline.encode(Array("the".utf8), side: .target).ids
    #expect(text(pipeline.decode([target.opening] + word + [target.meaning, target.closing])) == "the")
  }

  @Test func theyAreAddedToVocabularies() throws {
    for kind in LearningText.kinds {
      let old = try learn(kind, marks: MarkTokens(spans: 1))
      if old.vocabulary(.source).id(of: Subword("<term>")) != nil { continue }
      let new = try old.extended(by: VocabularyExtension(marks: MarkTokens(terms: true)))
      #expect(new.settings.marks == MarkTokens(spans: 1, terms: true))
      #expect(new.vocabulary(.source).spanIDs == old.vocabulary(.source).spanIDs)
      #expect(Int(try #require(new.vocabulary(.target).termMarks).opening) >= old.vocabularySize(.target))
      let again = try new.extended(by: VocabularyExtension(marks: MarkTokens(terms: true)))
      #expect(again.settings == new.settings)
    }
    let old = try learn("icu", marks: MarkTokens(terms: true))
    for addition in [VocabularyExtension(tags: ["<as>"]), VocabularyExtension(source: ["<term>"])] {
      #expect(throws: VocabularyError.self) { try old.extended(by: addition) }
    }
  }
}

import Decoding
import Terminology
import Testing
import Text
import Tokens
import Translation

/// Models with marks of terms read translations behind these.
@Suite struct AnnotatedTermTests {
  /// ``samplePipeline`` with span tokens and marks of terms.
  private let pipeline = {
    var settings = samplePipeline.settings
    settings.marks = MarkTokens(spans: 2, terms: true)
    let counts = WordCounts(lines: sampleLines.map { Array($0.utf8) })
    let encoding = BytePairEncoding.learn(from: counts, merges: 30)
    return TextPipeline(
      settings: settings, encoding: encoding,
      vocabulary: Vocabulary(of: counts, encoding: encoding, marks: settings.marks))
  }()

  /// What the model reads of a line.
  private func read(_ line: String, maxLength: Int = .max, use: TermUse? = .annotate) throws -> [TokenID] {
    var model = CopyModel(pipeline)
    model.maxLength = maxLength
    let translator = try makeTranslator(model, pipeline) {
      $0.request.glossary = TermTests.glossary
      $0.request.termUse = use
    }
    _ = try translator.translate([line])
    #expect(model.record.longest <= maxLength)
    return try #require(model.record.sources.first)
  }

  private func ids(_ text: String) -> [TokenID] { pipeline.encode(Array(text.utf8), side: .source).ids }

  @Test func theSourceHasTheTranslation() throws {
    let marks = try #require(pipeline.vocabulary(.source).termMarks)
    let term = [marks.opening] + ids("cat") + [marks.meaning] + ids("dog") + [marks.closing]
    #expect(try read("the cat sat").contains(term))
    // Without being told, models that know the marks read them, too.
    #expect(try read("the cat sat", use: nil).contains(term))
    #expect(try !read("the cat sat", use: .require).contains(marks.opening))
    // A span before the term is another token.
    let withSpan = try read("the {name} cat sat")
    #expect(withSpan.contains(term) && withSpan.contains(pipeline.vocabulary(.source).spanIDs[0]))
  }

  /// A translation for which the model has no room is left out.
  @Test func noSentenceBecomesTooLong() throws {
    let marks = try #require(pipeline.vocabulary(.source).termMarks)
    let line = "the cat sat on the cat"
    let whole = try read(line)
    #expect(whole.count { $0 == marks.opening } == 2)
    // One token too few for both.
    let cut = try read(line, maxLength: whole.count - 1)
    #expect(cut.count { $0 == marks.opening } == 1)
  }
}

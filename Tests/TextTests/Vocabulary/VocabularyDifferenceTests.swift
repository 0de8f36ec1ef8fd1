import Testing
import Text

/// Comparing vocabularies.
@Suite struct VocabularyDifferenceTests {
  private func difference(_ given: TextPipeline, _ expected: TextPipeline) -> VocabularyDifference? {
    VocabularyDifference(given, in: "new", from: expected, in: "model")
  }

  private func pipeline(_ text: String, merges: Int = 5, tags: [String] = []) -> TextPipeline {
    TextPipelineTests.pipeline(of: lines(text), merges: merges, tags: tags)
  }

  @Test func equalVocabulariesDoNotDiffer() {
    #expect(difference(pipeline("low lower"), pipeline("low lower")) == nil)
    // The number of merges counts, not the requested number.
    #expect(difference(pipeline("low low", merges: 50), pipeline("low low", merges: 60)) == nil)
  }

  @Test func theFirstLineThatDiffersIsNamed() throws {
    let tokens = try #require(difference(pipeline("low lowe"), pipeline("low lowr")))
    #expect(tokens.given.path == "new/vocab.txt" && tokens.expected.path == "model/vocab.txt")
    #expect(tokens.given.text != tokens.expected.text && tokens.number > 4)
    let longer = try #require(difference(pipeline("a"), pipeline("a b")))
    #expect(longer.given.text == nil || longer.given.text != longer.expected.text)
    for words in ["'new/vocab.txt'", "'model/vocab.txt'", "line \(tokens.number)", "--vocab"] {
      #expect("\(tokens)".contains(words), "\(tokens)")
    }
    let tags = try #require(difference(pipeline("low"), pipeline("low", tags: ["<2de>"])))
    #expect(tags.given.path == "new/pipeline.json" && tags.expected.text?.contains("tags") == true)
  }
}

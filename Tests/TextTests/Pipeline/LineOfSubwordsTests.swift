import Testing
import Text

@Suite struct LineOfSubwordsTests {
  @Test(arguments: [TokenizerKind.icu, .whitespace], [1, 20])
  func subwordsGiveBackTheLine(tokenizer: TokenizerKind, minimumFrequency: Int) {
    let pipeline = TextPipelineTests.pipeline(
      of: TextPipelineTests.fixture, tokenizer: tokenizer, minimumFrequency: minimumFrequency)
    for line in TextPipelineTests.fixture + lines("Ѫ unknown Ѭ, ѪѬ-low Ѫlow 'Ѫ' l'Ѫ 字Ѭ") {
      let words = pipeline.words(of: line, side: .source)
      let expected = tokenizer == .icu ? ICUTokenizer.detokenize(words) : words
      let subwords = pipeline.subwords(of: line, side: .source)
      #expect(pipeline.line(ofSubwords: subwords, side: .source) == expected, "\(text(subwords))")
    }
  }

  @Test(arguments: ["<2de> low", "<2de> 《low》", "<2de>", "low <2de> low", ""])
  func tagsComeBackBeforeSourceText(line: String) {
    let pipeline = TextPipelineTests.pipeline(
      of: lines("low low <2de> 《》"), tokenizer: .icu, tags: ["<2de>"])
    let subwords = pipeline.subwords(of: Array(line.utf8), side: .source)
    #expect(text(pipeline.line(ofSubwords: subwords, side: .source)) == line)
  }
}

import RandomNumbers
import Testing
import Text
import Tokens

@Suite struct TagTests {
  static let tags = ["<2de>", "<2fr>", ">>nob<<"]
  /// The text contains tags so often that each would become a subword.
  static let lines = TextTests.lines(
    (0..<30).map { _ in "Hello world . < 2de > <2de> hello <2fr> x<2de> >>nob<<" }.joined(separator: "\n"))
  static let pipeline = TextPipelineTests.pipeline(of: lines, tags: tags)

  private func encode(_ line: String, tag: LineTag = .own) -> EncodedSentence {
    Self.pipeline.encode(Array(line.utf8), side: .source, tag: tag)
  }

  @Test func tagsFollowTheSpecialTokens() {
    let vocabulary = Self.pipeline.vocabulary(.source)
    #expect(Self.pipeline.tags == Self.tags)
    #expect(vocabulary.tagIDs == [4, 5, 6])
    #expect(
      String(decoding: vocabulary.contents, as: UTF8.self).hasPrefix(
        "<pad>\n<s>\n</s>\n<unk>\n<2de>\n<2fr>\n"))
  }

  @Test(arguments: [
    ("<2de> Hello world .", TokenID(4), "Hello world ."), ("<2fr>\tHello", 5, "Hello"),
    (">>nob<< Hello", 6, "Hello"), ("<2de>  Hello", 4, "Hello"),
    // The second one is text.
    ("<2de> <2fr> Hello", 4, "<2fr> Hello"), ("<2de> <2de> <2de>", 4, "<2de> <2de>"),
  ])
  func aLineBeginsWithItsTag(line: String, tag: TokenID, rest: String) {
    let sentence = encode(line)
    #expect(sentence.ids.first == tag)
    #expect(sentence.ids.dropFirst().allSatisfy { !(4..<7).contains($0) })
    #expect(text(Self.pipeline.decode(sentence.ids, unknowns: sentence.unknowns, side: .source)) == rest)
  }

  @Test(arguments: [
    " <2de> Hello", "Hello <2de> world", "Hello <2de>", "<2de>Hello", "x <2fr> <2de>", "<2DE> Hello",
    "<2es> Hello", "< 2de > Hello", "<2de", "<", ">", "\u{a0}<2de> Hello", "<2de>\u{a0}Hello",
    ">>nob<<<2de> Hello",
  ])
  func anywhereElseATagIsText(line: String) {
    let sentence = encode(line)
    #expect(sentence.ids.allSatisfy { !(4..<7).contains($0) }, "\(sentence.ids)")
    let words = WhitespaceTokenizer().tokenize(Array(line.utf8))
    #expect(Self.pipeline.decode(sentence.ids, unknowns: sentence.unknowns, side: .source) == words)
  }

  @Test func targetsHaveNoTags() {
    let line = Array("<2de> Hello".utf8)
    let sentence = Self.pipeline.encode(line, side: .target)
    #expect(sentence.ids.allSatisfy { !(4..<7).contains($0) })
    #expect(Self.pipeline.decode(sentence.ids) == line)
    #expect(Self.pipeline.encode(line, side: .target, tag: .given(5)) == sentence)
  }

  @Test(arguments: ["Hello world .", "<2de> Hello", "<2fr> <2de> Hello", " <2de>"])
  func aTagThatIsGivenStandsBeforeTheWholeLine(line: String) {
    let sentence = encode(line, tag: .given(5))
    #expect(sentence == encode("<2fr> \(line)"), "as if it stood in a first column")
    #expect(sentence.ids.first == 5)
    #expect(sentence.ids.dropFirst().allSatisfy { !(4..<7).contains($0) })
  }

  @Test(arguments: ["", "   ", "<2de>", "<2de> ", "<2fr>   "])
  func aTagWithoutTextIsNothing(line: String) {
    #expect(encode(line) == EncodedSentence())
    #expect(encode("", tag: .given(4)) == EncodedSentence())
  }

  @Test func dropoutSparesTags() {
    var generator = SplitMix64(state: 3)
    for _ in 0..<50 {
      let own = Self.pipeline.encode(
        Array("<2de> Hello <2fr>".utf8), side: .source, dropout: 0.8, using: &generator)
      let given = Self.pipeline.encode(
        Array("<2de> Hello".utf8), side: .source, tag: .given(6), dropout: 0.8, using: &generator)
      for (sentence, tag) in [(own, TokenID(4)), (given, 6)] {
        #expect(sentence.ids.first == tag)
        #expect(sentence.ids.dropFirst().allSatisfy { !(4..<7).contains($0) })
      }
    }
  }

  /// Normalizing and tokenizing text must not change a tag.
  @Test(arguments: TokenizerKind.allCases, NormalizationForm.allCases)
  func tagsAreNotPrepared(tokenizer: TokenizerKind, form: NormalizationForm) {
    var settings = TextPipelineSettings()
    (settings.tokenizer, settings.normalization, settings.lowercase) = (tokenizer, form, true)
    settings.tags = ["<２DE>", "<ＦＲ_fr>"]
    let line = Array("<２DE> HELLO ＦＲ".utf8)
    let plain = Array("HELLO ＦＲ".utf8)
    let words = settings.makeWordSplitter(.source)(plain)
    let encoding = BytePairEncoding.learn(from: WordCounts(lines: [words]), merges: 20)
    let vocabulary = Vocabulary(
      of: WordCounts(lines: [words]), encoding: encoding, tags: settings.tags)
    let pipeline = TextPipeline(settings: settings, encoding: encoding, vocabulary: vocabulary)
    let sentence = pipeline.encode(line, side: .source)
    #expect(sentence.ids.first == 4)
    #expect(Array(sentence.ids.dropFirst()) == pipeline.encode(plain, side: .source).ids)
    #expect(text(pipeline.subwords(of: line, side: .source)).hasPrefix("<２DE> "))
    #expect(
      pipeline.decode(sentence.ids, side: .source) == pipeline.decode(sentence.ids.dropFirst(), side: .source)
    )
  }

  @Test func tagsAreNotCountedAsWords() throws {
    let folder = try ScratchFolder()
    try folder.write("text", Array("<2de> one two\n<2fr>\none <2de>\n".utf8))
    var settings = TextPipelineSettings()
    (settings.tokenizer, settings.tags) = (.whitespace, Self.tags)
    var (source, target) = (
      WordCounter(settings: settings, side: .source, threads: 1),
      WordCounter(settings: settings, side: .target, threads: 1)
    )
    try source.add(path: "\(folder.path)/text")
    try target.add(path: "\(folder.path)/text")
    #expect(
      Dictionary(uniqueKeysWithValues: source.counts.all.map { (text($0.word), $0.count) })
        == ["one": 2, "two": 1, "<2de>": 1])
    #expect(
      Dictionary(uniqueKeysWithValues: target.counts.all.map { (text($0.word), $0.count) })
        == ["one": 2, "two": 1, "<2de>": 2, "<2fr>": 1])
  }

  @Test func anUnknownTagIsNamedWithThoseThatThereAre() throws {
    let vocabulary = Self.pipeline.vocabulary(.source)
    #expect(try vocabulary.id(ofTag: "<2fr>") == 5)
    for other in ["<2es>", "Hello", "<unk>", "<s>", ""] {
      #expect(throws: VocabularyError.unknownTag(found: other, known: Self.tags)) {
        try vocabulary.id(ofTag: other)
      }
    }
    let error = VocabularyError.unknownTag(found: "<2es>", known: Self.tags)
    for words in ["'<2es>'", "<2de>, <2fr>, >>nob<<", "build-vocab --tag '<2es>'"] {
      #expect("\(error)".contains(words), "\(error)")
    }
    #expect("\(VocabularyError.unknownTag(found: "<2es>", known: []))".contains("no tags"))
  }

  @Test(arguments: [
    ("2de", "brackets"), ("", "brackets"), ("<>", "brackets"), (">><<", "brackets"), ("<2de", "brackets"),
    ("<2 de>", "white space"), ("<2de> ", "white space"), ("<2\u{3000}de>", "white space"),
    ("<unk>", "token"),
    ("</s>", "token"),
  ])
  func notEveryTextIsATag(text: String, words: String) {
    #expect(TagForm.problem(of: text)?.contains(words) == true)
  }

  @Test(arguments: tags + ["<x>", "<DE>", "<a@@>"])
  func bracketsMakeATag(text: String) { #expect(TagForm.problem(of: text) == nil) }
}

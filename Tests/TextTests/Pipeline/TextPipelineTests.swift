import Dispatch
import RandomNumbers
import Synchronization
import Testing
import Text
import Tokens

@Suite struct TextPipelineTests {
  /// A joint pipeline learned from the given lines.
  static func pipeline(
    of lines: [[UInt8]], tokenizer: TokenizerKind = .whitespace, merges: Int = 500, minimumFrequency: Int = 1,
    tags: [String] = []
  ) -> TextPipeline {
    var settings = TextPipelineSettings()
    settings.tags = tags
    (settings.tokenizer, settings.normalization) = (tokenizer, .none)
    (settings.merges, settings.minimumFrequency) = (merges, minimumFrequency)
    let counts = WordCounts(lines: lines.map(settings.makeWordSplitter(.source)))
    let encoding = BytePairEncoding.learn(from: counts, merges: merges)
    let vocabulary = Vocabulary(
      of: counts, encoding: encoding, minimumFrequency: minimumFrequency, tags: tags)
    return TextPipeline(settings: settings, encoding: encoding, vocabulary: vocabulary)
  }

  /// Merges and subwords of the given lines.
  static func part(of lines: [[UInt8]], tags: [String] = []) -> BytePairPart {
    let counts = WordCounts(lines: lines)
    let encoding = BytePairEncoding.learn(from: counts, merges: 500)
    return (encoding, Vocabulary(of: counts, encoding: encoding, tags: tags))
  }

  static let fixture = lines(BytePairEncodingFixture.text)

  @Test(arguments: [1, 2, 3, 10, 10_000])
  func textOfKnownCharactersIsNeverUnknownAndComesBack(minimumFrequency: Int) {
    let pipeline = Self.pipeline(of: Self.fixture, minimumFrequency: minimumFrequency)
    var encoder = pipeline.makeEncoder(.source)
    var generator = SplitMix64(state: 5)
    let scalars = Set(BytePairEncodingFixture.text.unicodeScalars).subtracting(["\n", " "]).sorted()
    let invented = (0..<300).map { _ in
      (0..<Int.random(in: 1...8, using: &generator)).map { _ in
        var word = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 1...12, using: &generator) {
          word.append(scalars.randomElement(using: &generator)!)
        }
        return String(word)
      }.joined(separator: " ")
    }
    for line in Self.fixture + invented.map({ Array($0.utf8) }) {
      let words = WhitespaceTokenizer().tokenize(line)
      let plain = encoder.encode(line)
      let dropped = encoder.encode(line, dropout: 0.3, using: &generator)
      for sentence in [plain, dropped] {
        #expect(!sentence.ids.contains(SpecialTokens.standard.unknown) && sentence.unknowns.isEmpty)
        #expect(sentence.ids.allSatisfy { $0 > SpecialTokens.standard.unknown })
        #expect(pipeline.decode(sentence.ids, side: .source) == words)
      }
    }
  }

  @Test(arguments: TokenizerKind.allCases)
  func whateverComesComesBack(kind: TokenizerKind) {
    let pipeline = Self.pipeline(of: Self.fixture, tokenizer: kind)
    var encoder = pipeline.makeEncoder(.source)
    var nasty = NastyText(seed: 21)
    for _ in 0..<2_000 {
      let line = nasty.nextLine()
      let sentence = encoder.encode(line)
      let decoded = pipeline.decode(sentence.ids, unknowns: sentence.unknowns)
      // Words are what is left of the line without what nobody sees.
      let words = pipeline.words(of: line, side: .source)
      let expected = kind == .icu ? ICUTokenizer.detokenize(words) : words
      if sentence.unknowns.isEmpty {
        #expect(decoded == expected, "\(String(reflecting: text(line)))")
      } else {
        // Spaces next to copied words follow the rules of their script.
        #expect(withoutSpaces(decoded) == withoutSpaces(expected), "\(String(reflecting: text(line)))")
      }
      #expect(encoder.encode(line) == sentence, "remembered words differ")
    }
  }

  private func withoutSpaces(_ line: [UInt8]) -> [UInt8] { line.filter { $0 != 0x20 } }

  @Test func anyBytesAreEncodedWithoutHarm() {
    let pipeline = Self.pipeline(of: Self.fixture)
    var encoder = pipeline.makeEncoder(.target)
    var nasty = NastyText(seed: 22)
    for _ in 0..<2_000 {
      let line = nasty.nextBytes()
      let sentence = encoder.encode(line)
      #expect(
        pipeline.decode(sentence.ids, unknowns: sentence.unknowns)
          == WhitespaceTokenizer().tokenize(line))
    }
  }

  @Test(arguments: [
    (
      line: "low 東京", ids: "low <unk>", unknowns: [UnknownText(bytes: Array("東京".utf8), continuesWord: false)]
    ),
    ("low東京 low", "<unk> low", [UnknownText(bytes: Array("low東京".utf8), continuesWord: false)]),
    ("東low low", "<unk> low", [UnknownText(bytes: Array("東low".utf8), continuesWord: false)]),
    (
      "東l京 é", "<unk> <unk>",
      [
        UnknownText(bytes: Array("東l京".utf8), continuesWord: false),
        UnknownText(bytes: Array("é".utf8), continuesWord: false),
      ]
    ),
  ])
  func aWordWithUnseenCharactersIsOneUnknown(line: String, ids: String, unknowns: [UnknownText]) {
    let pipeline = Self.pipeline(of: lines("low low low"))
    let sentence = pipeline.encode(Array(line.utf8), side: .source)
    let vocabulary = pipeline.vocabulary(.source)
    #expect(sentence.ids.map { text(vocabulary[$0]) }.joined(separator: " ") == ids)
    #expect(sentence.unknowns == unknowns)
    #expect(pipeline.decode(sentence.ids, unknowns: sentence.unknowns) == Array(line.utf8))
  }

  @Test func unknownsFillInInOrderAndTooManyVanish() {
    let pipeline = Self.pipeline(of: lines("low low er@ er@"))
    let unknown = SpecialTokens.standard.unknown
    let low = pipeline.vocabulary(.target).id(of: Subword("low"))!
    let texts = [
      UnknownText(bytes: Array("東".utf8), continuesWord: true),
      UnknownText(bytes: Array("京".utf8), continuesWord: false),
    ]
    func decoded(_ ids: [TokenID]) -> String { text(pipeline.decode(ids, unknowns: texts)) }
    #expect(decoded([unknown, low, unknown]) == "東low 京")
    #expect(decoded([low, unknown, unknown, unknown, low]) == "low 東京 low")
    #expect(decoded([unknown, unknown, unknown]) == "東京")
    #expect(decoded([low]) == "low")
    #expect(decoded([]) == "")
    let framed = [
      SpecialTokens.standard.beginning, low, SpecialTokens.standard.padding, low, SpecialTokens.standard.end,
      low,
    ]
    #expect(decoded(framed) == "low low")
  }

  @Test(arguments: ["<s>", "</s>", "<pad>", "<unk>", "a@@", "@@", "@@@@", "x<unk>", "</w>", "a</w>"])
  func textThatLooksLikeATokenIsText(word: String) {
    // So frequent that byte pair encoding merges it into one symbol.
    let pipeline = Self.pipeline(of: lines(Array(repeating: "\(word) b", count: 20).joined(separator: "\n")))
    let sentence = pipeline.encode(Array("\(word) \(word) b".utf8), side: .source)
    #expect(sentence.ids.allSatisfy { $0 > SpecialTokens.standard.unknown })
    #expect(text(pipeline.decode(sentence.ids)) == "\(word) \(word) b")
  }

  @Test func subwordsShowTheSegmentation() {
    let pipeline = Self.pipeline(of: lines("low low lower"), merges: 2)
    #expect(
      text(pipeline.subwords(of: Array("low  lower 東京".utf8), side: .source)) == "low lo@@ w@@ e@@ r 東京")
  }

  @Test func rareSubwordsFallBackIntoTheirParts() {
    // `lower` occurs twice: with a minimum of 3, it is spelled with the parts from which it was merged.
    let text = lines("low low low low lower lower wer wer wer")
    let whole = Self.pipeline(of: text, minimumFrequency: 1)
    let split = Self.pipeline(of: text, minimumFrequency: 3)
    let line = Array("lower".utf8)
    #expect(String(decoding: whole.subwords(of: line, side: .source), as: UTF8.self) == "lower")
    #expect(String(decoding: split.subwords(of: line, side: .source), as: UTF8.self) == "l@@ o@@ wer")
  }

  @Test func manyThreadsEncodeAsOne() {
    let pipeline = Self.pipeline(of: Self.fixture, tokenizer: .icu)
    var serial = pipeline.makeEncoder(.source)
    let expected = Self.fixture.map { serial.encode($0) }
    let differing = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      var encoder = pipeline.makeEncoder(.source)
      for _ in 0..<5 where Self.fixture.map({ encoder.encode($0) }) != expected {
        differing.add(1, ordering: .relaxed)
      }
    }
    #expect(differing.load(ordering: .relaxed) == 0)
  }
}

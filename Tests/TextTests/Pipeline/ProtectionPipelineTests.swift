import RandomNumbers
import Testing
import Text
import Tokens

/// Protected words and single digits, from text to ids and back.
@Suite struct ProtectionPipelineTests {
  static let corpus = lines(
    """
    the {name} sells C++ books to {other} people
    the {name} sells T-Shirts , not {rare} ones
    every C++ book tells people about C++ and {other}
    """)

  static func learn(
    _ text: [[UInt8]], tokenizer: TokenizerKind = .icu, _ change: (inout TextPipelineSettings) -> Void
  ) throws -> TextPipeline {
    var settings = TextPipelineSettings()
    (settings.tokenizer, settings.merges) = (tokenizer, 400)
    change(&settings)
    let counts = WordCounts(lines: text.map(settings.makeWordSplitter(.source)))
    let kind: any Segmentation.Type = tokenizer == .icu ? ICUBytePairs.self : WhitespaceBytePairs.self
    func pipeline<Kind: Segmentation>(_ kind: Kind.Type) throws -> TextPipeline {
      let (source, target) = try kind.learn(from: (counts, counts), settings: settings) { _, _ in }
      return TextPipeline(settings: settings, source: source, target: target)
    }
    return try pipeline(kind)
  }

  static func protecting(_ tokenizer: TokenizerKind) throws -> TextPipeline {
    try learn(corpus, tokenizer: tokenizer) {
      ($0.protectedPatterns, $0.protectedWords) = ([#"\{\w+\}"#], ["C++"])
    }
  }

  @Test(arguments: TokenizerKind.allCases)
  func protectedWordsAreTokensOrCopiedWhole(tokenizer: TokenizerKind) throws {
    let pipeline = try Self.protecting(tokenizer)
    let line = Array("{other} sells {new} C++".utf8)
    let (vocabulary, unknown) = (pipeline.vocabulary(.source), pipeline.specialTokens.unknown)
    let known = try ["{other}", "C++"].map { try #require(vocabulary.id(of: Subword($0))) }
    var generator = SplitMix64(state: 2)
    for dropout in [0, 0.5, 1] {
      let sentence = pipeline.encode(line, side: .source, dropout: dropout, using: &generator)
      #expect(sentence.ids.first == known[0] && sentence.ids.last == known[1])
      #expect(sentence.ids.count { $0 == unknown } == 1)
      #expect(sentence.unknowns == [UnknownText(bytes: Array("{new}".utf8), continuesWord: false)])
      #expect(pipeline.decode(sentence.ids, unknowns: sentence.unknowns, side: .source) == line)
    }
    #expect(text(pipeline.subwords(of: line, side: .source)) == "{other} sells {new} C++")
  }

  @Test(arguments: TokenizerKind.allCases)
  func protectedWordsAreNeitherSplitNorCounted(tokenizer: TokenizerKind) throws {
    let pipeline = try Self.protecting(tokenizer)
    let (codes, tokens) = (
      text(pipeline.segmentationFiles[1].contents), text(pipeline.segmentationFiles[0].contents)
    )
    #expect(!codes.contains("{") && !codes.contains("+"))
    let withMarks = tokens.split(separator: "\n").filter { $0.contains("{") || $0.contains("+") }
    // {rare} occurs once per side, so twice in the shared vocabulary.
    #expect(Set(withMarks) == ["{name}", "{other}", "C++", "{rare}"])
    let separate = try Self.learn(Self.corpus) {
      ($0.joint, $0.protectedPatterns) = (false, [#"\{\w+\}"#])
    }
    #expect(separate.vocabulary(.target).id(of: Subword("{rare}")) == nil)
    #expect(separate.vocabulary(.target).id(of: Subword("{name}")) != nil)
  }

  /// A word that looks like a special token never becomes its token.
  @Test func specialTokensAreNotProtectedWords() throws {
    let pipeline = try Self.learn(lines("a <unk> <s> a@@\na <unk> <s> a@@"), tokenizer: .whitespace) {
      $0.protectedPatterns = ["<.*>", ".*@@"]
    }
    let sentence = pipeline.encode(Array("<s> a@@ <unk>".utf8), side: .source)
    #expect(sentence.ids == Array(repeating: pipeline.specialTokens.unknown, count: 3))
    #expect(text(pipeline.decode(sentence.ids, unknowns: sentence.unknowns)) == "<s> a@@ <unk>")
  }

  @Test func lowercasedTextIsComparedInLowercase() throws {
    let pipeline = try Self.learn(lines("Der VfB und der IMBISS-3\nDer VfB und IMBISS-4")) {
      ($0.lowercase, $0.protectedWords, $0.protectedPatterns) = (true, ["VfB"], [#"IMBISS-\d"#])
    }
    #expect(text(pipeline.subwords(of: Array("vFb imbiss-9".utf8), side: .source)) == "vfb imbiss-9")
    #expect(pipeline.vocabulary(.source).id(of: Subword("imbiss-3")) != nil)
  }

  /// White space and look-alikes of listed words are those of the text.
  @Test func listedWordsAreCleanedLikeTheText() throws {
    let corpus = lines("in New York it's O'Neil's\nto New York it's O'Neil's")
    let pipeline = try Self.learn(corpus) { $0.protectedWords = ["New\u{A0} York ", "O’Neil's", "it’s"] }
    #expect(pipeline.vocabulary(.source).id(of: Subword("New￮20;York")) != nil)
    #expect(
      text(pipeline.subwords(of: Array("New  York it’s".utf8), side: .source)) == "New￮20;York it's")
  }

  /// Every decimal digit of Unicode, alone, in numbers, and within words.
  @Test(arguments: TokenizerKind.allCases)
  func digitsAreSingleSubwords(tokenizer: TokenizerKind) throws {
    let digits = (0...0x10FFFF).compactMap { Unicode.Scalar(UInt32($0)) }
      .filter { $0.properties.generalCategory == .decimalNumber }
    #expect(digits.count >= 650)
    var sample: [[UInt8]] = []
    for start in stride(from: 0, to: digits.count, by: 10) {
      let ten = digits[start..<min(start + 10, digits.count)].map { String($0) }
      let (number, first) = (ten.joined(), ten[0])
      sample.append(Array("\(number) \(number).\(first) x\(number)yz \(first)\(first) on \(number)on".utf8))
    }
    sample += sample
    let pipeline = try Self.learn(sample, tokenizer: tokenizer) {
      ($0.splitsDigits, $0.normalization, $0.merges) = (true, .none, 10_000)
    }
    let isDigit = Set(digits)
    for id in 0..<TokenID(pipeline.vocabularySize(.source)) {
      let token = String(decoding: pipeline.vocabulary(.source)[id], as: UTF8.self).unicodeScalars
      let plain = token.filter { $0 != "@" }
      #expect(!plain.contains(where: isDigit.contains) || plain.count == 1, "\(token)")
    }
    for line in sample {
      let sentence = pipeline.encode(line, side: .source)
      #expect(sentence.unknowns.isEmpty)
      #expect(pipeline.decode(sentence.ids, side: .source) == line)
      let subwords = pipeline.subwords(of: line, side: .source)
      #expect(pipeline.line(ofSubwords: subwords, side: .source) == line)
    }
    // Letters are still merged.
    #expect(pipeline.vocabulary(.source).id(of: Subword("on")) != nil)
  }

  @Test func withoutDigitsNothingChanges() {
    let text = lines(BytePairEncodingFixture.text).filter { line in
      !String(decoding: line, as: UTF8.self).unicodeScalars.contains {
        $0.properties.generalCategory == .decimalNumber
      }
    }
    #expect(text.count > 150)
    let plain = BytePairEncoding.learn(from: WordCounts(lines: text), merges: 800)
    let split = BytePairEncoding.learn(from: WordCounts(lines: text), merges: 800, splitsDigits: true)
    #expect(split.codes == plain.codes)
  }

  @Test func settingsAreStoredOnlyIfUsed() throws {
    let folder = try ScratchFolder()
    let plain = try Self.learn(Self.corpus) { _ in }
    try plain.write(to: folder.path)
    let keys = ["protect", "protected_words", "split_digits"]
    let before = text(try folder.read("pipeline.json"))
    for key in keys { #expect(!before.contains("\"\(key)\"")) }

    let pipeline = try Self.learn(Self.corpus) {
      ($0.protectedPatterns, $0.protectedWords, $0.splitsDigits) = ([#"\{\w+\}"#], ["C++"], true)
    }
    try pipeline.write(to: folder.path)
    let copy = try TextPipeline(folder: folder.path)
    #expect(copy.settings == pipeline.settings)
    for line in Self.corpus + lines("{x}{name} C++ 42") {
      #expect(copy.encode(line, side: .source) == pipeline.encode(line, side: .source))
    }
    let contents = text(try folder.read("pipeline.json")).replacing(#"\\{"#, with: "(")
    try folder.write("pipeline.json", Array(contents.utf8))
    #expect { try TextPipeline(folder: folder.path) } throws: { "\($0)".contains("'protect'") }
  }
}

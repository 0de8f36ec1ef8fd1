import Testing
import Text
import Tokens

@Suite struct VocabularyTests {
  static func counts(_ lines: String...) -> WordCounts { WordCounts(lines: lines.map { Array($0.utf8) }) }

  static func tokens(_ vocabulary: Vocabulary) -> [String] {
    text(vocabulary.contents).split(separator: "\n").map(String.init)
  }

  @Test func subwordsStandByFallingCountThenBytes() {
    let vocabulary = Vocabulary(of: Self.counts("ba ba ab"), encoding: BytePairEncoding())
    // b@@ and a occur twice, a@@ and b once.
    #expect(Self.tokens(vocabulary) == SpecialTokens.standardNames + ["a", "b@@", "a@@", "b"])
    #expect(vocabulary.count == 8)
    #expect(vocabulary.id(of: Subword("b@@")) == 5)
    #expect(vocabulary.id(of: Subword("c")) == nil)
    #expect(text(vocabulary[SpecialTokens.standard.end]) == "</s>")
    #expect(vocabulary.specialTokens == .standard)
    #expect((0..<8).map { vocabulary.isText($0) } == [false, false, false, false, true, true, true, true])
  }

  @Test func everyCharacterIsATokenWithinAndAtTheEndOfAWord() {
    let counts = Self.counts("the the the ß 😀x")
    let encoding = BytePairEncoding.learn(from: counts, merges: 10)
    let tokens = Self.tokens(Vocabulary(of: counts, encoding: encoding, minimumFrequency: 1000))
    let characters = ["t", "h", "e", "ß", "😀", "x"]
    #expect(Set(tokens) == Set(SpecialTokens.standardNames + characters + characters.map { $0 + "@@" }))
    #expect(!tokens.contains("the"))
  }

  @Test func composedAndDecomposedCharactersAreDifferentTokens() {
    let vocabulary = Vocabulary(of: Self.counts("é é e\u{301}"), encoding: BytePairEncoding())
    #expect(vocabulary.id(of: Subword("é")) == 4)
    #expect(vocabulary.id(of: Subword("e\u{301}")) == nil)
    #expect(vocabulary.id(of: Subword("\u{301}")) != nil)
  }

  @Test(arguments: [1, 2, 3])
  func rareSubwordsAreLeftOut(minimumFrequency: Int) {
    let counts = Self.counts("low low lower lower lower")
    let encoding = BytePairEncoding.learn(from: counts, merges: 100)
    let vocabulary = Vocabulary(of: counts, encoding: encoding, minimumFrequency: minimumFrequency)
    #expect((vocabulary.id(of: Subword("low")) != nil) == (minimumFrequency <= 2))
    #expect(vocabulary.id(of: Subword("lower")) == 4)
  }

  @Test func readsBackWhatItWrote() throws {
    let counts = WordCounts(lines: lines(BytePairEncodingFixture.text))
    let encoding = BytePairEncoding.learn(from: counts, merges: 300)
    let vocabulary = Vocabulary(of: counts, encoding: encoding)
    #expect(try Vocabulary(contents: vocabulary.contents, path: "vocab.txt") == vocabulary)
    #expect(vocabulary.count > 500)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let contents: [UInt8]
    let error: VocabularyError
    let message: String
    var testDescription: String { message }

    init(_ contents: String, _ error: VocabularyError, _ message: String) {
      (self.contents, self.error, self.message) = (Array(contents.utf8), error, message)
    }
  }

  static let specials = "<pad>\n<s>\n</s>\n<unk>\n"
  static let begins = "a vocabulary begins with <pad>, <s>, </s>, <unk>; rerun build-vocab"
  static let cases = [
    Case(
      "", .missingSpecialToken(expected: "<pad>", found: "", path: "v", line: 1),
      "v:1: found '', expected '<pad>': \(begins)"),
    Case(
      "<pad>\n<s>\n</s>\n", .missingSpecialToken(expected: "<unk>", found: "", path: "v", line: 4),
      "v:4: found '', expected '<unk>': \(begins)"),
    Case(
      "<pad>\n</s>\n<s>\n<unk>\n",
      .missingSpecialToken(expected: "<s>", found: "</s>", path: "v", line: 2),
      "v:2: found '</s>', expected '<s>': \(begins)"),
    Case(
      specials + "a\nb\na\n", .duplicate(Subword("a"), path: "v", line: 7, firstLine: 5),
      "v:7: 'a' is already on line 5; remove one or rerun build-vocab"),
    Case(
      specials + "<s>\n", .duplicate(Subword("<s>"), path: "v", line: 5, firstLine: 2),
      "v:5: '<s>' is already on line 2; remove one or rerun build-vocab"),
    Case(
      specials + "a\n\nb\n", .emptyToken(path: "v", line: 6),
      "v:6: the line is empty, expected a token; remove the line or rerun build-vocab"),
    Case(
      specials + "a b\n", .malformedToken(found: "a b", path: "v", line: 5),
      "v:5: 'a b' contains a space, expected one token per line; rerun build-vocab"),
  ]

  @Test(arguments: cases)
  func messageTellsWhatIsWrong(_ item: Case) {
    #expect(throws: item.error) { try Vocabulary(contents: item.contents, path: "v") }
    #expect("\(item.error)" == item.message)
  }

  @Test func bytesThatAreNoTextAreAnError() {
    let contents = Array(Self.specials.utf8) + [0x61, 0xff, 0x0a]
    #expect(throws: VocabularyError.invalidUTF8(path: "v", line: 5)) {
      try Vocabulary(contents: contents, path: "v")
    }
  }

  @Test func aMissingFileIsNamed() {
    #expect { try Vocabulary(path: "/nowhere/vocab.txt") } throws: {
      "\($0)" == "cannot read '/nowhere/vocab.txt': there is no such file; check the path"
    }
  }
}

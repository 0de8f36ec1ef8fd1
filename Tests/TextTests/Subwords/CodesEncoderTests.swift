import RandomNumbers
import Testing
import Text

@Suite struct CodesEncoderTests {
  typealias Fixture = CodesEncoderFixture

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let codes: String
    var vocabulary: String?
    var threshold: Int?
    var protected: [String] = []
    let expected: String
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "0.2", codes: Fixture.codes02, expected: Fixture.plain02),
    Case(
      name: "0.2, vocabulary", codes: Fixture.codes02, vocabulary: Fixture.vocabulary02, threshold: 3,
      expected: Fixture.threshold02),
    Case(
      name: "0.2, glossaries", codes: Fixture.codes02, vocabulary: Fixture.vocabulary02, threshold: 2,
      protected: ["USA", #"\d{2}"#, "key"], expected: Fixture.glossaries02),
    Case(name: "0.1", codes: Fixture.codes01, expected: Fixture.plain01),
    Case(
      name: "0.1, vocabulary", codes: Fixture.codes01, vocabulary: Fixture.vocabulary01, threshold: 3,
      expected: Fixture.threshold01),
    Case(
      name: "0.1, glossaries", codes: Fixture.codes01, vocabulary: Fixture.vocabulary01, threshold: 2,
      protected: ["USA", #"\d{2}"#, "key"], expected: Fixture.glossaries01),
    Case(name: "fastBPE", codes: fastBPECodes, expected: Fixture.plain02),
    Case(
      name: "a vocabulary without words allows everything", codes: Fixture.codes02,
      vocabulary: Fixture.vocabulary02, threshold: 1000, expected: Fixture.plain02),
  ]

  static let fastBPECodes = Fixture.codes02.split(separator: "\n").dropFirst().enumerated()
    .map { "\($1) \(90 - $0)\n" }.joined()

  static func encoder(_ item: Case, separator: String = "@@") throws -> CodesEncoder {
    var options = CodesOptions()
    options.separator = Array(separator.utf8)
    options.protected = item.protected
    options.vocabulary = try item.vocabulary.map {
      let contents = separator == "@@" ? $0 : $0.replacing("@@", with: separator)
      return try CountedVocabulary(contents: Array(contents.utf8), path: "v", threshold: item.threshold)
    }
    return CodesEncoder(try BytePairEncoding(anyCodes: Array(item.codes.utf8), path: "c"), options: options)
  }

  @Test(arguments: cases)
  func equalsSubwordNMT(_ item: Case) throws {
    var encoder = try Self.encoder(item)
    for _ in 1...2 {
      let encoded = lines(Fixture.text).map { encoder.encode($0) }
      #expect(encoded.map(text) == lines(item.expected).map(text))
    }
  }

  @Test(arguments: cases)
  func separatorChangesNothingElse(_ item: Case) throws {
    var encoder = try Self.encoder(item, separator: "￭_")
    for (line, expected) in zip(lines(Fixture.text), lines(item.expected)) {
      #expect(text(encoder.encode(line)) == text(expected).replacing("@@", with: "￭_"))
    }
  }

  @Test(arguments: cases)
  func joiningRestoresTheWords(_ item: Case) throws {
    var encoder = try Self.encoder(item)
    let joiner = SubwordJoiner()
    for line in lines(Fixture.text) {
      #expect(joiner.join(encoder.encode(line)).split(separator: 0x20) == line.split(separator: 0x20))
    }
  }

  @Test func onlyTheFirstMergesAreUsed() throws {
    let encoding = try BytePairEncoding(anyCodes: Array(Fixture.codes02.utf8), path: "c", merges: 2)
    #expect(encoding.mergeCount == 2)
    #expect(text(encoding.encode(Array("lower".utf8))) == "lo@@ we@@ r")
  }

  /// Groups and empty matches, with which subword-nmt doubles text or splits words into characters.
  @Test(arguments: [
    (pattern: "(U)(S)A", line: "xUSAy", expected: "x@@ USA@@ y"), ("k|USA", "aUSAk", "a@@ USA@@ k"),
    ("z*x", "axb", "a@@ x@@ b"), ("USA|U", "USAB", "U@@ S@@ A@@ B"),
  ])
  func patternsKeepTheText(pattern: String, line: String, expected: String) {
    var options = CodesOptions()
    options.protected = [pattern]
    var encoder = CodesEncoder(BytePairEncoding(), options: options)
    #expect(text(encoder.encode(Array(line.utf8))) == expected)
  }

  @Test func wordsAreProtectedAsAWhole() {
    var options = CodesOptions()
    (options.protected, options.protectsOnlyWords) = (["USA"], true)
    var encoder = CodesEncoder(BytePairEncoding(), options: options)
    #expect(text(encoder.encode(Array("USA ￭USA xUSA".utf8))) == "USA ￭USA x@@ U@@ S@@ A")
  }

  @Test(arguments: [
    ("low@@ er", "lower"), ("a@@", "a"), ("a@@ ", "a"), ("@@@ @", "@@"), ("a@@b c@@ d", "a@@b cd"),
    (" a  b ", " a  b "), ("", ""), ("low@@  next", "low next"), ("@@ @@", ""),
  ])
  func joinsLikeTheirReplacement(line: String, expected: String) {
    #expect(text(SubwordJoiner().join(Array(line.utf8))) == expected)
  }

  @Test(arguments: [
    ("", "c:1: found ''"), ("a b c\n", "c:1: found 'a b c', expected '#version: 0.2', two symbols"),
    ("a b\nb c 7\n", "c:2: found 'b c 7', expected two symbols, separated by single spaces"),
    ("a b 3\nb c\n", "c:2: found 'b c', expected two symbols and a count, as in fastBPE's codes"),
    ("a b 3\nb c x\n", "c:2: found 'b c x', expected two symbols and a count"),
    ("the 30\nlo@@ 20\n2 4\n", "c:1: found 'the 30', expected a merge and not a subword with its count"),
    ("#version: 0.2\na b 3\n", "c:2: found 'a b 3', expected two symbols, separated"),
    ("#version: 0.2\na b\n\nb c\n", "c:3: found ''"),
    ("#version: 0.3\na b\n", "c:1: codes of version '0.3'"), ("{\n  \"a\": 1\n}\n", "c:1: found '{'"),
  ])
  func messageNamesTheLine(codes: String, message: String) {
    #expect {
      try BytePairEncoding(anyCodes: Array(codes.utf8), path: "c")
    } throws: {
      "\($0)".hasPrefix(message)
    }
  }

  @Test(arguments: [
    ("the\n", "v:1: found 'the'"), ("the 3\nof x\n", "v:2: found 'of x'"),
    ("the 3\n\nof 2\n", "v:2: found ''"),
    ("a b 3\n", "v:1: found 'a b 3'"),
  ])
  func messageNamesTheLineOfTheVocabulary(contents: String, message: String) {
    #expect {
      try CountedVocabulary(contents: Array(contents.utf8), path: "v")
    } throws: {
      "\($0)".hasPrefix(message)
    }
  }

  /// Merges of digits are not counts.
  @Test func numbersAreMerged() throws {
    for codes in ["1 2\n12 3\n", "1 2\n12 </w>\n", "#version: 0.2\na 1\n"] {
      #expect(try BytePairEncoding(anyCodes: Array(codes.utf8), path: "c").mergeCount > 0)
    }
  }

  @Test(arguments: ["#version: 0.1\n", ""])
  func formatWithSeparateEndsOfWordsIsRecognized(firstLine: String) throws {
    let codes = Array((firstLine + "b </w>\na b</w>\n").utf8)
    let encoding = try BytePairEncoding(anyCodes: codes, path: "c")
    #expect(text(encoding.encode(Array("ab aab ba b".utf8))) == "ab a@@ ab b@@ a b")
    var generator = SplitMix64(state: 1)
    #expect(text(encoding.encode(Array("ab b".utf8), dropout: 1, using: &generator)) == "a@@ b b")
  }
}

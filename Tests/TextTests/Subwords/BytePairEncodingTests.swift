import RandomNumbers
import Testing
import Text

@Suite struct BytePairEncodingTests {
  /// The dictionary of the paper's section 3.2.
  static let paper = WordCounts(
    lines: lines(
      """
      low low low low low lower lower
      newest newest newest newest newest newest widest widest widest
      """))

  @Test func learnsThePapersExample() {
    // Counted by hand; among equal counts, the greatest pair in byte order comes first.
    let expected = """
      #version: 0.2
      s t</w>
      e st</w>
      l o
      w est</w>
      n e
      ne west</w>
      lo w</w>
      w i
      wi d
      wid est</w>
      w e
      we r</w>
      lo wer</w>

      """
    #expect(text(BytePairEncoding.learn(from: Self.paper, merges: 100).codes) == expected)
  }

  @Test(arguments: [
    (merges: 0, "l@@ o@@ w l@@ o@@ w@@ e@@ s@@ t"), (2, "l@@ o@@ w l@@ o@@ w@@ est"),
    (4, "lo@@ w lo@@ west"), (100, "low lo@@ west"),
  ])
  func carriesOutMergesInTheOrderTheyWereLearned(merges: Int, expected: String) {
    let encoding = BytePairEncoding.learn(from: Self.paper, merges: merges)
    #expect(encoding.mergeCount == min(merges, 13))
    #expect(text(encoding.encode(Array("low lowest".utf8))) == expected)
  }

  @Test(arguments: [
    (line: "", expected: ""), ("   ", "   "), (" low", " low"), ("low  ", "low  "), ("low   low", "low low"),
    ("\r low \r", "\r low \r"), ("low\tlow", "lo@@ w@@ \t@@ low"), ("x", "x"), ("é", "é"),
    ("e\u{301}", "e@@ \u{301}"), ("é", "é"), ("low😀", "lo@@ w@@ 😀"), ("@@", "@@@ @"),
  ])
  func keepsWhatSurroundsWordsAndJoinsSpacesBetween(line: String, expected: String) {
    let encoding = BytePairEncoding.learn(from: Self.paper, merges: 100)
    #expect(Array(encoding.encode(Array(line.utf8))) == Array(expected.utf8))
  }

  @Test func minimumFrequencyEndsLearning() {
    let encoding = BytePairEncoding.learn(from: Self.paper, merges: 100, minimumFrequency: 6)
    #expect(text(encoding.codes).split(separator: "\n").last == "ne west</w>")
  }

  @Test func equalsSubwordNMTOnTextInManyScripts() {
    let counts = WordCounts(lines: lines(BytePairEncodingFixture.text))
    let encoding = BytePairEncoding.learn(from: counts, merges: 800)
    #expect(encoding.codes == Array(BytePairEncodingFixture.codes.utf8))
    var encoder = BytePairEncoder(encoding)
    let expected = lines(BytePairEncodingFixture.segmented)
    for (index, line) in lines(BytePairEncodingFixture.text).enumerated() {
      #expect(encoder.encode(line) == expected[index], "line \(index + 1)")
      #expect(encoding.encode(line) == expected[index], "line \(index + 1), without memory")
    }
  }

  @Test func equalsTheNaiveAlgorithmOnRandomText() {
    var generator = SplitMix64(state: 1)
    for round in 0..<150 {
      let (text, other) = (randomLines(using: &generator), randomLines(using: &generator))
      let merges = [1, 5, 1000].randomElement(using: &generator) ?? 5
      let naive = NaiveBytePairEncoding(lines: text, merges: merges)
      let counts = WordCounts(lines: text.map { Array($0.utf8) })
      let encoding = BytePairEncoding.learn(from: counts, merges: merges)
      let codes = naive.merges.map { "\($0.left) \($0.right)\n" }.joined()
      #expect(encoding.codes == Array(("#version: 0.2\n" + codes).utf8), "round \(round)")
      for line in text + other {
        let expected = line.split(separator: " ").flatMap { naive.segment(String($0)) }.joined(separator: " ")
        let words = line.split(separator: " ").joined(separator: " ")
        #expect(encoding.encode(Array(words.utf8)) == Array(expected.utf8), "round \(round)")
      }
    }
  }

  @Test func readsBackItsOwnCodes() throws {
    let codes = Array(BytePairEncodingFixture.codes.utf8)
    #expect(try BytePairEncoding(codes: codes, path: "codes").codes == codes)
    let windows = BytePairEncodingFixture.codes.replacing("\n", with: "\r\n")
    #expect(try BytePairEncoding(codes: Array(windows.utf8), path: "codes").codes == codes)
  }

  @Test func aPairThatStandsTwiceCountsWhereItStoodFirst() throws {
    let encoding = try BytePairEncoding(codes: Array("#version: 0.2\na b\nb c\na b\n".utf8), path: "codes")
    #expect(text(encoding.encode(Array("abcd".utf8))) == "ab@@ c@@ d")
  }

  @Test(arguments: [
    (
      codes: "",
      message: "c:1: found '', expected '#version: 0.2'; codes without a version are in subword-nmt's old "
        + "format 0.1 or fastBPE's: apply them with segment-text, or learn them again with build-vocab"
    ),
    (
      "e s\n",
      "c:1: found 'e s', expected '#version: 0.2'; codes without a version are in subword-nmt's old "
        + "format 0.1 or fastBPE's: apply them with segment-text, or learn them again with build-vocab"
    ),
    ("#version: 0.3\na b\n", "c:1: codes of version '0.3', expected 0.2; learn them again with build-vocab"),
    (
      "#version: 0.2\na b\nab\n",
      "c:3: 'ab' is not a merge, expected two symbols separated by one space; "
        + "restore the file or rerun build-vocab"
    ),
    (
      "#version: 0.2\na b c\n",
      "c:2: 'a b c' is not a merge, expected two symbols separated by one space; "
        + "restore the file or rerun build-vocab"
    ),
    (
      "#version: 0.2\n\na b\n",
      "c:2: '' is not a merge, expected two symbols separated by one space; "
        + "restore the file or rerun build-vocab"
    ),
    (
      "#version: 0.2\na  b\n",
      "c:2: 'a  b' is not a merge, expected two symbols separated by one space; "
        + "restore the file or rerun build-vocab"
    ),
  ])
  func messageTellsWhatIsWrongWithCodes(codes: String, message: String) {
    #expect { try BytePairEncoding(codes: Array(codes.utf8), path: "c") } throws: { "\($0)" == message }
  }

  @Test func longWordsTakeNoTimeToSpeakOf() {
    let encoding = BytePairEncoding.learn(from: Self.paper, merges: 100)
    let word = [UInt8](repeating: UInt8(ascii: "l"), count: 20_000) + Array("owest".utf8)
    let encoded = encoding.encode(word)
    #expect(encoded.count == 20_000 * 4 - 4 + "lo@@ west".utf8.count)
  }
}

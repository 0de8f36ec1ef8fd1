import RandomNumbers
import Testing
import Text

/// Words of hundreds of characters and more, which are learned from and segmented by code of their own.
@Suite struct LongWordTests {
  /// Lines with words around the lengths at which words count as long, of few characters, so that pairs overlap.
  private func lines(using generator: inout SplitMix64) -> [String] {
    let alphabet = Array(
      (["ab", "abc", "aé😀", "a<>/w"].randomElement(using: &generator) ?? "ab").unicodeScalars)
    let lengths = [1, 3, 127, 128, 129, 130, 200, 256, 257, 258, 300]
    return (0..<4).map { _ in
      (0..<3).map { _ in
        let length = lengths.randomElement(using: &generator) ?? 1
        let isRun = Int.random(in: 0..<4, using: &generator) == 0
        var word = String.UnicodeScalarView()
        for _ in 0..<length {
          word.append(isRun ? alphabet[0] : alphabet.randomElement(using: &generator) ?? "a")
        }
        return String(word)
      }.joined(separator: " ")
    }
  }

  @Test func equalTheNaiveAlgorithm() {
    var generator = SplitMix64(state: 5)
    for round in 0..<12 {
      let (text, other) = (lines(using: &generator), lines(using: &generator))
      let merges = [3, 40, 120].randomElement(using: &generator) ?? 3
      let naive = NaiveBytePairEncoding(lines: text + text.prefix(1), merges: merges)
      let counts = WordCounts(lines: (text + text.prefix(1)).map { Array($0.utf8) })
      let encoding = BytePairEncoding.learn(from: counts, merges: merges)
      let codes = naive.merges.map { "\($0.left) \($0.right)\n" }.joined()
      #expect(encoding.codes == Array(("#version: 0.2\n" + codes).utf8), "round \(round)")
      for line in text + other {
        let expected = line.split(separator: " ").flatMap { naive.segment(String($0)) }.joined(separator: " ")
        #expect(encoding.encode(Array(line.utf8)) == Array(expected.utf8), "round \(round)")
      }
    }
  }

  /// Codes written by hand, in which a merge makes an earlier one possible.
  @Test func orderOfMergesIsThatOfShortWords() throws {
    let codes = Array("#version: 0.2\nab c\na b\nabc a\nb a\nc c\nabca b\n".utf8)
    let encoding = try BytePairEncoding(codes: codes, path: "codes")
    var generator = SplitMix64(state: 6)
    for _ in 0..<200 {
      let part = (0..<40).map { _ in ["a", "b", "c"].randomElement(using: &generator) ?? "a" }.joined()
      // A character that occurs in no merge separates the parts, so that each is segmented like a word of its own.
      let short = try #require(segments(part + "-", encoding))
      let long = try #require(segments(String(repeating: part + "-", count: 12) + "x", encoding))
      #expect(long == Array(repeatElement(short.dropLast() + ["-@@"], count: 12).joined()) + ["x"])
    }
  }

  private func segments(_ word: String, _ encoding: BytePairEncoding) -> [String]? {
    text(encoding.encode(Array(word.utf8))).split(separator: " ").map(String.init)
  }

  /// Each merge must visit only what it changes: otherwise, this test takes an hour.
  @Test func hexDumpTakesNoTimeToSpeakOf() {
    var generator = SplitMix64(state: 7)
    let digits = Array("0123456789abcdef".utf8)
    let dump = (0..<400_000).map { _ in digits[Int(generator.next() % 16)] }
    let counts = WordCounts(lines: [dump, Array("low lower lowest low".utf8)])
    let encoding = BytePairEncoding.learn(from: counts, merges: 2000)
    #expect(encoding.mergeCount == 2000)
    let encoded = encoding.encode(dump)
    let words = text(encoded).split(separator: " ")
    #expect(words.map { $0.hasSuffix("@@") ? $0.dropLast(2) : $0 }.joined() == text(dump))
    #expect(words.count < 200_000)
  }
}

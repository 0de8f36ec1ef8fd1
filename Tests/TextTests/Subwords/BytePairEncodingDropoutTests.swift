import RandomNumbers
import Testing
import Text

@Suite struct BytePairEncodingDropoutTests {
  static let encoding = BytePairEncoding.learn(
    from: WordCounts(lines: lines(BytePairEncodingFixture.text)), merges: 800)

  @Test func withoutDropoutItIsPlainEncoding() {
    var generator = SplitMix64(state: 1)
    for line in lines(BytePairEncodingFixture.text) {
      #expect(Self.encoding.encode(line, dropout: 0, using: &generator) == Self.encoding.encode(line))
    }
  }

  @Test func withFullDropoutWordsFallIntoCharacters() {
    var generator = SplitMix64(state: 1)
    let encoded = Self.encoding.encode(Array("the türme".utf8), dropout: 1, using: &generator)
    #expect(text(encoded) == "t@@ h@@ e t@@ ü@@ r@@ m@@ e")
  }

  @Test func theSeedDecides() {
    let line = Array("the keeper writes letters".utf8)
    func encodings(seed: UInt64) -> [[UInt8]] {
      var generator = SplitMix64(state: seed)
      return (0..<50).map { _ in Self.encoding.encode(line, dropout: 0.3, using: &generator) }
    }
    #expect(encodings(seed: 7) == encodings(seed: 7))
    #expect(encodings(seed: 7) != encodings(seed: 8))
    #expect(Set(encodings(seed: 7)).count > 10)
  }

  @Test func theTextIsAlwaysTheSame() {
    var generator = SplitMix64(state: 3)
    for line in lines(BytePairEncodingFixture.text) where !text(line).contains("@") {
      let encoded = Self.encoding.encode(line, dropout: 0.4, using: &generator)
      #expect(joined(encoded).elementsEqual(line.filter { $0 != UInt8(ascii: " ") }))
    }
  }

  /// The bytes of a segmented line without spaces and marks; bytes, because in a `String` a combining mark after a
  /// space is part of the space.
  private func joined(_ encoded: [UInt8]) -> [UInt8] {
    encoded.filter { $0 != UInt8(ascii: "@") && $0 != UInt8(ascii: " ") }
  }

  /// A single merge at a single position is skipped with exactly the given probability.
  @Test(arguments: [0.1, 0.5, 0.9])
  func aMergeIsPassedOverWithTheProbability(dropout: Double) throws {
    let encoding = try BytePairEncoding(codes: Array("#version: 0.2\na b</w>\n".utf8), path: "codes")
    var generator = SplitMix64(state: 11)
    let trials = 20_000
    let split = (0..<trials).count { _ in
      encoding.encode(Array("ab".utf8), dropout: dropout, using: &generator) == Array("a@@ b".utf8)
    }
    // Five standard deviations of a binomial distribution.
    let tolerance = 5 * (Double(trials) * dropout * (1 - dropout)).squareRoot()
    #expect(abs(Double(split) - Double(trials) * dropout) < tolerance)
  }

  /// Two merges of adjacent pairs, drawn again until none is left: a b c stays a@@ b@@ c if both are dropped in the
  /// same step (p²), or if `a b` is dropped while no other merge applies.
  @Test func eachStepDrawsAnew() throws {
    let codes = "#version: 0.2\na b\nab c</w>\n"
    let encoding = try BytePairEncoding(codes: Array(codes.utf8), path: "codes")
    var generator = SplitMix64(state: 13)
    var counts: [String: Int] = [:]
    for _ in 0..<20_000 {
      counts[text(encoding.encode(Array("abc".utf8), dropout: 0.5, using: &generator)), default: 0] += 1
    }
    #expect(Set(counts.keys) == ["a@@ b@@ c", "ab@@ c", "abc"])
    #expect(abs(Double(counts["a@@ b@@ c"]!) - 10_000) < 360)
    #expect(abs(Double(counts["ab@@ c"]!) - 5_000) < 310)
  }
}

import Evaluation
import Testing

@Suite struct NormalFormsTests {
  private static func bytes(_ lines: [String]) -> [[UInt8]] { lines.map { Array($0.utf8) } }

  private static func count(_ hypotheses: [String], _ references: [[String]]) -> Int {
    segmentsWithEquivalentWords(
      hypotheses: bytes(hypotheses), references: SegmentReferences(sets: references.map(bytes)))
  }

  static let decomposed = "cafe\u{301} du Ga\u{302}teau"
  static let precomposed = "caf\u{E9} du G\u{E2}teau"

  @Test func onlyWordsThatLookEqualAndAreNotCount() {
    #expect(Self.count([Self.decomposed], [[Self.precomposed]]) == 1)
    #expect(Self.count([Self.precomposed], [["x"], [Self.decomposed]]) == 1)
    // Both sides have the same form, whichever.
    #expect(Self.count([Self.decomposed], [[Self.decomposed]]) == 0)
    #expect(Self.count([Self.precomposed], [[Self.precomposed]]) == 0)
    // No word of one side is in the other.
    #expect(Self.count(["re\u{301}gime"], [["d\u{E9}tour"]]) == 0)
    #expect(Self.count(["ABC", "\u{212B}ngstr\u{F6}m"], [["abc", "\u{C5}ngstr\u{F6}m"]]) == 1)
  }

  @Test func composingMakesThemEqual() {
    let lines = composed(Self.bytes([Self.decomposed]))
    #expect(lines == Self.bytes([Self.precomposed]))
    #expect(composed(lines) == lines)
    #expect(ChrF().score(hypotheses: lines, references: [Self.bytes([Self.precomposed])]).value == 100)
  }
}

import Evaluation
import Testing

@Suite struct BLEUDetailsTests {
  @Test func countsAreThoseOfAHandMadeExample() throws {
    let score = BLEU(tokenization: .none).score(
      hypotheses: ["the the the cat sat"], references: [["the cat sat down there now"], ["the cat the dog"]])
    guard case .bleu(let details) = score.details else { throw UnexpectedDetails() }
    // "the" is clipped to 2, its highest count in one reference; "the cat sat" is the one trigram.
    #expect(details.matches == [4, 2, 1, 0])
    #expect(details.totals == [5, 4, 3, 2])
    // 4 and 6 are equally close to 5; the shorter one counts.
    #expect(details.hypothesisLength == 5)
    #expect(details.referenceLength == 4)
    #expect(details.brevityPenalty == 1)
  }

  struct UnexpectedDetails: Error {}

  @Test func floorAndAddKNameTheirValueInTheSignature() {
    let score = BLEU(smoothing: .floor(0.25)).score(hypotheses: ["a"], references: [["a"]])
    #expect("\(score.signature)" == "nrefs:1|case:mixed|eff:no|tok:13a|smooth:floor[0.25]|version:2.6.0")
  }

  @Test func sentencesUseEffectiveOrder() {
    #expect(BLEU().score(hypotheses: ["two words"], references: [["two words"]]).value == 0)
    let scores = BLEU().sentenceScores(
      hypotheses: [Array("two words".utf8)], references: [[Array("two words".utf8)]])
    #expect(abs(scores[0].value - 100) < 1e-9)
  }
}

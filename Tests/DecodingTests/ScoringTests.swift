import Decoding
import Models
import Testing

@Suite struct ScoringTests {
  @Test func sumsOfPiecesAddUp() {
    let sums = [(-3.0, 2), (-1, 5), (-2.5, 1)].map { HypothesisSums(logProbability: $0, length: $1) }
    let whole = sums.reduce(HypothesisSums(), +)
    #expect(whole == HypothesisSums(logProbability: -6.5, length: 8))
    #expect(Scoring().score(whole) == -6.5 / 8)
  }

  @Test func nothingPredictedIsDividedByOne() {
    #expect(Scoring().score(HypothesisSums(logProbability: -3, length: 0)) == -3)
    #expect(Scoring().score(HypothesisSums()) == 0)
  }

  @Test(arguments: BeamSearchTests.penalties)
  func scoresAreOverTheDivisor(penalty: LengthPenalty) {
    for length in [1, 2, 7, 40] {
      let score = Scoring(lengthPenalty: penalty).score(HypothesisSums(logProbability: -6, length: length))
      #expect(score == -6 / penalty.divisor(length: length))
    }
  }

  @Test(arguments: [
    (ScoringOptions.SearchKind.autoregressive, LengthPenalty.normalized(alpha: 1)),
    (.drafts, .normalized(alpha: 1)), (.nonautoregressive(.length), .normalized(alpha: 1)),
    (.nonautoregressive(.maskPredict), .normalized(alpha: 1)), (.nonautoregressive(.ctc), .none),
  ])
  func kindsOfSearchHaveTheirUsualPenalty(kind: ScoringOptions.SearchKind, usual: LengthPenalty) throws {
    #expect(try ScoringOptions().scoring(for: kind) == Scoring(lengthPenalty: usual))
    let asked = ScoringOptions(lengthPenalty: .gnmt(alpha: 0.6))
    #expect(try asked.scoring(for: kind).lengthPenalty == .gnmt(alpha: 0.6))
    #expect(throws: SearchOptionsError.self) {
      try ScoringOptions(lengthPenalty: .gnmt(alpha: 101)).scoring(for: kind)
    }
  }
}

import Decoding
import Testing

@Suite struct FinishedHypothesesTests {
  func hypothesis(_ score: Double, _ ending: Hypothesis.Ending = .endToken) -> Hypothesis {
    Hypothesis(
      tokens: [4], sums: HypothesisSums(logProbability: score, length: 1), scoring: Scoring(), ending: ending)
  }

  @Test func keepsTheBestInOrder() {
    var finished = FinishedHypotheses(count: 3)
    for score in [-3.0, -1, -4, -2, -5] { finished.insert(hypothesis(score)) }
    #expect(finished.best.map(\.score) == [-1, -2, -3])
  }

  @Test func whatEndedByItselfComesBeforeWhatWasCut() {
    var finished = FinishedHypotheses(count: 2)
    finished.insert(hypothesis(-0.1, .lengthLimit))
    #expect(!finished.isFull)
    finished.insert(hypothesis(-3))
    finished.insert(hypothesis(-0.2, .lengthLimit))
    #expect(finished.best.map(\.score) == [-3, -0.1])
    #expect(!finished.isSettled(bound: -100))
    finished.insert(hypothesis(-4))
    #expect(finished.best.map(\.score) == [-3, -4])
  }

  @Test func isSettledWhenNothingBetterCanCome() {
    var finished = FinishedHypotheses(count: 2)
    finished.insert(hypothesis(-1))
    #expect(!finished.isSettled(bound: -10))
    finished.insert(hypothesis(-2))
    #expect(!finished.isSettled(bound: -1.5))
    #expect(finished.isSettled(bound: -2))
  }
}

import Autodiff
import Tensors
import TestSupport
import Testing

@Suite struct WordDropoutTests {
  private let ids = (0..<20_000).map { Int32($0 % 7) }

  private func training(_ seed: UInt64) -> Tape {
    let tape = Tape(training: FlatBuffer(count: 1), gradients: FlatBuffer(count: 1))
    tape.reset(random: RandomSource(seed))
    return tape
  }

  @Test(arguments: [Float(0.1), 0.3, 0.9])
  func dropsTheRateAndKeepsTheExpectation(rate: Float) throws {
    let factors = try #require(training(1).wordDropout(ids, rate: rate, sparing: []))
    #expect(Set(factors) == [0, 1 / (1 - rate)])
    let share = Double(factors.count { $0 == 0 }) / Double(ids.count)
    // Five standard deviations of a binomial share.
    #expect(abs(share - Double(rate)) < 5 * (Double(rate * (1 - rate)) / Double(ids.count)).squareRoot())
  }

  @Test func sparedWordsStayAsTheyAre() throws {
    let factors = try #require(training(1).wordDropout(ids, rate: 0.5, sparing: [2, 3]))
    for (id, factor) in zip(ids, factors) { #expect([2, 3].contains(id) == (factor == 1)) }
    // They do not affect their neighbors.
    let others = try #require(training(1).wordDropout(ids, rate: 0.5, sparing: []))
    #expect(zip(ids, zip(factors, others)).allSatisfy { [2, 3].contains($0) || $1.0 == $1.1 })
  }

  @Test func everyUseIsDrawnAnewFromTheTapesSource() throws {
    let (tape, again, other) = (training(1), training(1), training(2))
    let first = try #require(tape.wordDropout(ids, rate: 0.5, sparing: []))
    #expect(tape.wordDropout(ids, rate: 0.5, sparing: []) != first)
    #expect(again.wordDropout(ids, rate: 0.5, sparing: []) == first)
    #expect(other.wordDropout(ids, rate: 0.5, sparing: []) != first)
  }

  @Test func nothingIsDroppedOutsideOfTrainingOrAtRateZero() {
    #expect(Tape(inference: FlatBuffer(count: 1)).wordDropout(ids, rate: 0.5, sparing: []) == nil)
    #expect(training(1).wordDropout(ids, rate: 0, sparing: []) == nil)
  }
}

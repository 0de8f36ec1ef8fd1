import Decoding
import Testing

@Suite struct LengthPenaltyTests {
  @Test(arguments: [
    (LengthPenalty.none, 7, 1.0), (.normalized(alpha: 1), 7, 7), (.normalized(alpha: 0.5), 9, 3),
    (.normalized(alpha: 0), 9, 1), (.gnmt(alpha: 1), 1, 1), (.gnmt(alpha: 1), 7, 2), (.gnmt(alpha: 2), 13, 9),
  ])
  func divisorFollowsTheFormula(penalty: LengthPenalty, length: Int, expected: Double) {
    #expect(penalty.divisor(length: length).isClose(to: expected))
  }
}

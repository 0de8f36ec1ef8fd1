import Models
import Tensors
import Testing

@Suite struct RandomMaskTests {
  @Test func choicesHaveTheirNumberAndAreEven() {
    var random = RandomSource(5)
    var counts = Array(repeating: 0, count: 6)
    for _ in 0..<6000 {
      let chosen = randomChoice(of: 2, outOf: 6, using: &random)
      #expect(chosen.count { $0 } == 2)
      for index in chosen.indices where chosen[index] { counts[index] += 1 }
    }
    // 2,000 each, with a deviation of 37.
    #expect(counts.allSatisfy { abs($0 - 2000) < 185 }, "\(counts)")
  }

  @Test func masksHaveFromOneTokenToAllEvenly() {
    var random = RandomSource(6)
    var counts = Array(repeating: 0, count: 5)
    for _ in 0..<5000 { counts[randomMask(count: 5, using: &random).count { $0 } - 1] += 1 }
    #expect(counts.allSatisfy { abs($0 - 1000) < 140 }, "\(counts)")
    #expect(randomMask(count: 0, using: &random).isEmpty)
  }

  @Test func glancingFallsInAStraightLine() {
    let schedule = GlancingSchedule(first: 0.5, last: 0.3, updates: 100)
    for (update, share) in [(1, Float(0.5)), (51, 0.4), (101, 0.3), (1000, 0.3)] {
      #expect(abs(schedule.share(update: update) - share) < 1e-6)
    }
    #expect(GlancingSchedule(first: 0.5).share(update: 1000) == 0.5)
  }
}

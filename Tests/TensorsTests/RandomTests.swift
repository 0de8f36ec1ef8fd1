import Tensors
import Testing

@Suite struct RandomSourceTests {
  @Test func uniformNumbersAreUniform() {
    var random = RandomSource(1)
    let numbers = (0..<100_000).map { _ in random.uniform() }
    #expect(numbers.allSatisfy { (0..<1).contains($0) })
    #expect(abs(mean(numbers) - 0.5) < 5 * 0.2887 / 316)
    for tenth in 0..<10 {
      let share = numbers.count { Int($0 * 10) == tenth }
      #expect(abs(share - 10_000) < 5 * 95, "\(share) of 100000 in tenth \(tenth)")
    }
  }

  @Test func normalNumbersAreNormal() {
    var random = RandomSource(2)
    let numbers = (0..<100_000).map { _ in random.normal() }
    #expect(numbers.allSatisfy { $0.isFinite })
    #expect(abs(mean(numbers)) < 5 / 316.0)
    #expect(abs(mean(numbers.map { $0 * $0 }) - 1) < 5 * 1.4142 / 316)
    #expect(abs(mean(numbers.map { $0 * $0 * $0 * $0 }) - 3) < 5 * 9.8 / 316)
    let within = numbers.count { abs($0) < 1 }
    #expect(abs(within - 68_269) < 5 * 147)
  }

  @Test func everyCoordinateMakesAnotherStream() {
    func first(_ source: RandomSource) -> UInt64 {
      var source = source
      return source.next()
    }
    var seen: Set<UInt64> = [first(RandomSource()), first(RandomSource(0)), first(RandomSource(0, 0))]
    for seed in 0..<20 as Range<UInt64> {
      for update in 1..<20 as Range<UInt64> {
        for shard in 0..<4 as Range<UInt64> { seen.insert(first(RandomSource(seed, update, shard))) }
      }
    }
    #expect(seen.count == 3 + 20 * 19 * 4)
    #expect(first(RandomSource(1, 2, 3)) == first(RandomSource(1, 2, 3)))
  }

  @Test func shufflesWithTheStandardLibrary() {
    var random = RandomSource(3)
    let shuffled = (0..<100).shuffled(using: &random)
    #expect(shuffled != Array(0..<100) && shuffled.sorted() == Array(0..<100))
  }

  private func mean(_ numbers: [Float]) -> Double {
    numbers.reduce(0) { $0 + Double($1) } / Double(numbers.count)
  }
}

@Suite struct InitializerTests {
  @Test func glorotStaysInsideItsBoundAndFillsIt() {
    var random = RandomSource(1)
    for gain in [Float(1), 0.7071] {
      let values = Initializer.glorotUniform(gain: gain).elements([200, 100], from: &random)
      let bound = gain * Float(6.0 / 300).squareRoot()
      #expect(values.count == 20_000)
      #expect(values.allSatisfy { abs($0) <= bound })
      #expect(values.max() ?? 0 > 0.99 * bound && values.min() ?? 0 < -0.99 * bound)
    }
  }

  @Test func normalHasItsDeviation() {
    var random = RandomSource(1)
    let values = Initializer.normal(deviation: 0.25).elements([100, 100], from: &random)
    let variance = values.reduce(0) { $0 + Double($1) * Double($1) } / 10_000
    #expect(abs(variance.squareRoot() - 0.25) < 0.25 * 0.04)
  }

  @Test func constantIsConstant() {
    var random = RandomSource(1)
    #expect(Initializer.constant(3).elements([4], from: &random) == [3, 3, 3, 3])
  }
}

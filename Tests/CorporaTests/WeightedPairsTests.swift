import Corpora
import Testing

@Suite struct WeightedPairsTests {
  /// How often each pair occurs in an epoch.
  private func counts(_ pairs: WeightedPairs, _ total: Int, epoch: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: total)
    for index in pairs.indices(epoch: epoch) { counts[Int(index)] += 1 }
    return counts
  }

  @Test(
    arguments: [1, 2, 3, 0.5, 0.25, 1.5, 0.3, 2.75, 0.1, 0.999, 1.0 / 3, 7.123], [1, 2, 7, 100, 1001])
  func everyPairAsOftenAsItsWeightSays(weight: Double, count: Int) {
    // Between two other parts, whose pairs must not be mixed with these.
    let pairs = WeightedPairs(
      [
        .init(pairs: 0..<5, weight: 1), .init(pairs: 5..<5 + count, weight: weight),
        .init(pairs: 5 + count..<8 + count, weight: 2),
      ], seed: 3)
    var sums = [Int](repeating: 0, count: count)
    for epoch in 1...60 {
      let counts = counts(pairs, count + 8, epoch: epoch)
      #expect(counts.prefix(5).allSatisfy { $0 == 1 } && counts.suffix(3).allSatisfy { $0 == 2 })
      let part = counts[5..<5 + count]
      #expect(part.allSatisfy { $0 == Int(weight.rounded(.down)) || $0 == Int(weight.rounded(.up)) })
      for (index, count) in part.enumerated() { sums[index] += count }
      // The total is exact to half a pair, that of each pair to one.
      #expect(abs(Double(sums.reduce(0, +)) - weight * Double(count * epoch)) <= 0.5 + 1e-6)
      #expect(sums.allSatisfy { abs(Double($0) - weight * Double(epoch)) < 1 + 0.5 / Double(count) + 1e-6 })
      #expect((sums.max() ?? 0) - (sums.min() ?? 0) <= 1)
    }
  }

  @Test func halvesAreOthersFromEpochToEpochAndFromSeedToSeed() {
    func half(_ seed: UInt64, _ epoch: Int) -> Set<UInt32> {
      Set(WeightedPairs([.init(pairs: 0..<100, weight: 0.5)], seed: seed).indices(epoch: epoch))
    }
    #expect(half(1, 1) == half(1, 1))
    let halves = (1...6).map { half(1, $0) }
    #expect(Set(halves).count == 6)
    #expect(halves.allSatisfy { $0.count == 50 })
    for first in [0, 2, 4] { #expect(halves[first].isDisjoint(with: halves[first + 1])) }
    #expect(half(1, 1) != half(2, 1))
    // Parts of equal size are shuffled independently.
    let two = WeightedPairs(
      [.init(pairs: 0..<100, weight: 0.5), .init(pairs: 100..<200, weight: 0.5)], seed: 1)
    let chosen = two.indices(epoch: 1)
    #expect(Set(chosen.filter { $0 < 100 }) != Set(chosen.filter { $0 >= 100 }.map { $0 - 100 }))
  }

  /// A resumed training must continue with the original selection, even years and compilers later.
  @Test func theChoiceIsFixedForGood() {
    let pairs = WeightedPairs(
      [.init(pairs: 0..<6, weight: 1.5), .init(pairs: 6..<16, weight: 0.3)], seed: 42)
    #expect(pairs.indices(epoch: 1) == [0, 1, 2, 3, 4, 5, 2, 4, 1, 8, 11, 7])
    #expect(pairs.indices(epoch: 4) == [0, 1, 2, 3, 4, 5, 3, 4, 2, 9, 8, 11])
  }

  @Test(arguments: [-1, 0, 1, 1_000_000])
  func anyNumberMayBeAnEpoch(epoch: Int) {
    let pairs = WeightedPairs([.init(pairs: 0..<10, weight: 0.7), .init(pairs: 10..<10, weight: 3)], seed: 1)
    let indices = pairs.indices(epoch: epoch)
    #expect(indices.count == 7 && Set(indices).count == 7 && indices.allSatisfy { $0 < 10 })
  }
}

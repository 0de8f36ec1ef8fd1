import CorpusShards
import TestSupport
import Testing
import Tokens

/// The shuffle on disk beside a sort in memory.
@Suite struct ExternalShuffleTests {
  /// Pairs whose ids say which they are.
  private func shuffled(_ count: Int, memory: Int, threads: Int = 1, seed: UInt64 = 3) throws -> (
    pairs: [Int], mostHeld: Int, left: [String]
  ) {
    let folder = try TemporaryFolder()
    var shuffle = try ExternalShuffle(
      in: folder("temporary"), width: 4, memory: memory, threads: threads)
    var records = PairRecords()
    for number in 0..<count {
      records.append(
        key: ExternalShuffle.key(seed: seed, file: 0, line: number + 1), source: [TokenID(number)],
        target: Array(repeating: TokenID(number), count: number % 5 + 1), width: 4)
    }
    try shuffle.append(records)
    var pairs: [Int] = []
    try shuffle.forEach { source, target, bytes in
      let number = bytes.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      #expect(source == 1 && target == number % 5 + 1 && bytes.count == 4 * (source + target))
      pairs.append(number)
    }
    return (pairs, shuffle.mostHeld, folder.names)
  }

  /// By the keys of the pairs, as a sort in memory orders them.
  private func reference(_ count: Int, seed: UInt64 = 3) -> [Int] {
    (0..<count).sorted {
      ExternalShuffle.key(seed: seed, file: 0, line: $0 + 1)
        < ExternalShuffle.key(seed: seed, file: 0, line: $1 + 1)
    }
  }

  @Test(arguments: [0, 1, 2, 500, 5000])
  func pairsComeInTheOrderOfTheirKeys(count: Int) throws {
    let expected = reference(count)
    #expect(try shuffled(count, memory: 1 << 24).pairs == expected)
    #expect(try shuffled(count, memory: 1 << 24, threads: 3).pairs == expected)
    if count > 2 { #expect(try shuffled(count, memory: 1 << 24, seed: 4).pairs != expected) }
  }

  /// With too little memory for a bucket, buckets are dealt again, and few pairs are in memory.
  @Test func littleMemoryHoldsFewPairs() throws {
    let (pairs, most, left) = try shuffled(2000, memory: 200, threads: 2)
    #expect(pairs == reference(2000))
    #expect((1...5).contains(most), "\(most)")
    #expect(left.isEmpty, "\(left)")
    #expect(try shuffled(2000, memory: 20_000).mostHeld > most)
    // A pair that alone exceeds the memory.
    #expect(try shuffled(100, memory: 1).pairs == reference(100))
  }

  /// A key may begin with the two bytes of gzip.
  @Test func keysMayLookLikeGzip() throws {
    let folder = try TemporaryFolder()
    var shuffle = try ExternalShuffle(in: folder("temporary"), width: 2, memory: 1 << 20, threads: 1)
    var records = PairRecords()
    let key: UInt64 = 0x0102_0304_0506_8b1f
    records.append(key: key, source: [7], target: [8, 9], width: 2)
    try shuffle.append(records)
    var found: [[UInt8]] = []
    try shuffle.forEach { _, _, bytes in found.append(Array(bytes)) }
    #expect(found == [[7, 0, 8, 0, 9, 0]])
  }

  /// Every position is as likely for a pair: the mean place of the first half is in the middle.
  @Test func orderLooksRandom() {
    let places = reference(10_000)
    let half = places.enumerated().filter { $0.element < 5000 }.map(\.offset)
    let mean = Double(half.reduce(0, +)) / 5000
    // Four standard deviations: 4 · 10,000 / √12 / √5,000 / √2.
    #expect(abs(mean - 4999.5) < 116, "\(mean)")
    #expect(zip(places, places.dropFirst()).count { $1 == $0 + 1 } < 8)
  }
}

/// The random numbers that NumPy's `default_rng(seed)` makes, bit by bit.
///
/// sacreBLEU draws with it, so its confidence intervals can be reproduced to the last digit.
///
/// Source: O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
/// Generation" (XSL-RR, 128 bits of state, 64 of output); `bit_generator.pyx` and `distributions.c` of NumPy 2.
struct NumPyGenerator {
  private static let multiplier = UInt128(2_549_297_995_355_413_924) << 64 | 4_865_540_595_714_422_341

  private var state: UInt128
  private let increment: UInt128
  /// The upper half of the latest 64 bits, if only the lower half was used.
  private var half: UInt32?
  /// Bits that ``nextBits(_:)`` has not returned yet, and how many they are.
  private var bits: (word: UInt32, count: Int) = (0, 0)

  /// The generator for a seed.
  init(seed: UInt64) {
    let words = Self.words(of: seed)
    increment = (words[2] << 64 | words[3]) << 1 | 1
    state = increment &+ (words[0] << 64 | words[1])
    step()
  }

  private mutating func step() { state = state &* Self.multiplier &+ increment }

  private mutating func next64() -> UInt64 {
    step()
    let mixed = UInt64(truncatingIfNeeded: state >> 64) ^ UInt64(truncatingIfNeeded: state)
    let turns = UInt64(truncatingIfNeeded: state >> 122)
    return mixed >> turns | mixed << ((64 &- turns) & 63)
  }

  private mutating func next32() -> UInt32 {
    if let half {
      self.half = nil
      return half
    }
    let both = next64()
    half = UInt32(truncatingIfNeeded: both >> 32)
    return UInt32(truncatingIfNeeded: both)
  }

  /// A number from 0 to below `limit`, like one element of `integers(0, limit)` or of `choice(limit)`.
  ///
  /// - Precondition: `limit` is 1 to 2³² - 1.
  ///
  /// Source: Lemire 2019, "Fast Random Integer Generation in an Interval".
  mutating func below(_ limit: UInt32) -> UInt32 {
    guard limit > 1 else { return 0 }
    var product = UInt64(next32()) &* UInt64(limit)
    if UInt32(truncatingIfNeeded: product) < limit {
      let threshold = (0 &- limit) % limit
      while UInt32(truncatingIfNeeded: product) < threshold { product = UInt64(next32()) &* UInt64(limit) }
    }
    return UInt32(truncatingIfNeeded: product >> 32)
  }

  /// The next random bits, the first in the lowest place, like up to 32 elements of `integers(2, dtype=bool)`.
  ///
  /// - Parameter wanted: the most bits to return, at least 1.
  /// - Returns: the bits, and how many they are; the others of the word are 0.
  mutating func nextBits(_ wanted: Int) -> (word: UInt32, count: Int) {
    if bits.count == 0 { bits = (next32(), 32) }
    let count = min(wanted, bits.count)
    guard count < 32 else {
      defer { bits = (0, 0) }
      return bits
    }
    let word = bits.word & (1 << UInt32(count) &- 1)
    bits = (bits.word >> UInt32(count), bits.count - count)
    return (word, count)
  }
}

extension NumPyGenerator {
  /// Four words of 64 bits that a seed is spread over: NumPy's `SeedSequence(seed).generate_state(4, uint64)`.
  private static func words(of seed: UInt64) -> [UInt128] {
    let entropy = [UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)]
    let pool = pool(of: seed >> 32 == 0 ? Array(entropy.prefix(1)) : entropy)
    var factor: UInt32 = 0x8B51_F9DD
    let halves = (0..<8).map { index in
      var value = pool[index % pool.count] ^ factor
      factor = factor &* 0x58F3_8DED
      value = value &* factor
      return UInt128(value ^ value >> 16)
    }
    return (0..<4).map { halves[2 * $0 + 1] << 32 | halves[2 * $0] }
  }

  private static func pool(of entropy: [UInt32]) -> [UInt32] {
    var factor: UInt32 = 0x43B0_D7E5
    func scattered(_ word: UInt32) -> UInt32 {
      var value = word ^ factor
      factor = factor &* 0x931E_8875
      value = value &* factor
      return value ^ value >> 16
    }
    var pool = (0..<4).map { scattered($0 < entropy.count ? entropy[$0] : 0) }
    for source in 0..<4 {
      for target in 0..<4 where target != source {
        let mixed = 0xCA01_F9DD &* pool[target] &- 0x4973_F715 &* scattered(pool[source])
        pool[target] = mixed ^ mixed >> 16
      }
    }
    return pool
  }
}

/// SplitMix64: the same seed gives the same corpus on every machine and with every compiler.
///
/// Source: Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014.
struct RandomSource: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A whole number in `range`.
  mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// True `percent` times in a hundred.
  mutating func chance(_ percent: Int) -> Bool { number(in: 0...99) < percent }

  mutating func pick<Element>(_ items: [Element]) -> Element {
    precondition(!items.isEmpty, "nothing to pick from")
    return items[number(in: 0...items.count - 1)]
  }
}

/// Random numbers for the order of pairs: the same in every run, on every machine and with every compiler.
///
/// Source: Steele, Lea and Flood 2014, "Fast Splittable Pseudorandom Number Generators" (SplitMix64).
struct SeededOrder {
  private var state: UInt64

  /// - Parameters:
  ///   - seed: the seed of the whole training.
  ///   - stream: an epoch, for example: each has a sequence of its own.
  init(seed: UInt64, stream: UInt64) {
    state = mixed(mixed(seed) &+ stream)
  }

  private mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return mixed(state)
  }

  /// A number below `bound`, each as likely as the other.
  private mutating func below(_ bound: UInt64) -> Int {
    while true {
      let (high, low) = next().multipliedFullWidth(by: bound)
      // The few products that would favor some numbers (Lemire 2019) are drawn again.
      if low >= bound || low >= (0 &- bound) % bound { return Int(high) }
    }
  }

  /// Puts the elements in random order (Fisher and Yates).
  ///
  /// The standard library has `shuffle(using:)`, but may change how it draws, and a resumed training must see the
  /// order that it began with.
  mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for index in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(index, below(UInt64(index + 1)))
    }
  }
}

private func mixed(_ value: UInt64) -> UInt64 {
  let first = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
  let second = (first ^ (first >> 27)) &* 0x94d0_49bb_1331_11eb
  return second ^ (second >> 31)
}

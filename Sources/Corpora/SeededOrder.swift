import RandomNumbers

/// Random numbers for the order of pairs: the same in every run, on every machine and with every compiler.
struct SeededOrder {
  private var generator: SplitMix64

  /// - Parameters:
  ///   - seed: the seed of the whole training.
  ///   - stream: an epoch, for example: each has a sequence of its own.
  init(seed: UInt64, stream: UInt64) {
    generator = SplitMix64(state: SplitMix64.mix(SplitMix64.mix(seed) &+ stream))
  }

  /// A number below `bound`, each as likely as the other.
  private mutating func below(_ bound: UInt64) -> Int {
    while true {
      let (high, low) = generator.next().multipliedFullWidth(by: bound)
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

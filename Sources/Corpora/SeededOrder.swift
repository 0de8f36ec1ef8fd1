import RandomNumbers

/// Random numbers for the order of pairs, which are the same in every run, on every machine and with every compiler.
package struct SeededOrder {
  private var generator: SplitMix64

  /// - Parameters:
  ///   - seed: the seed of the training.
  ///   - stream: selects an independent sequence, for example by epoch.
  package init(seed: UInt64, stream: UInt64) {
    generator = SplitMix64(state: SplitMix64.mix(SplitMix64.mix(seed) &+ stream))
  }

  /// A uniformly distributed number below `bound`.
  private mutating func below(_ bound: UInt64) -> Int {
    while true {
      let (high, low) = generator.next().multipliedFullWidth(by: bound)
      // Reject the few products that would bias the result (Lemire 2019).
      if low >= bound || low >= (0 &- bound) % bound { return Int(high) }
    }
  }

  /// Shuffles the elements (Fisher and Yates).
  ///
  /// The algorithm of the standard library's `shuffle(using:)` may change, but a resumed training must continue in its
  /// original order.
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for index in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(index, below(UInt64(index + 1)))
    }
  }
}

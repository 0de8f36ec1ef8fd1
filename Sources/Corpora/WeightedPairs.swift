/// The pairs of each epoch, with repetitions.
///
/// A pair of weight w occurs ⌊w⌋ or ⌈w⌉ times in every epoch, and ⌊Ew⌋ or ⌈Ew⌉ times in the first E epochs. The
/// fraction is dealt from a shuffled deck that continues from epoch to epoch, so that no pair repeats before all have
/// occurred. The deck is reshuffled whenever an epoch begins with a full one.
///
/// The result depends only on seed and epoch, so that a resumed run continues in the same order. Pairs are not copied:
/// an epoch is a list of indices.
package struct WeightedPairs: Sendable {
  /// Pairs with the same weight.
  package struct Part: Sendable {
    let pairs: Range<Int>
    /// How many times every pair occurs in every epoch.
    let whole: Int
    /// The share of the pairs that occurs one more time.
    let fraction: Double

    /// Pairs by their indices in the corpus, with a weight above 0.
    package init(pairs: Range<Int>, weight: Double) {
      (self.pairs, whole, fraction) = (pairs, Int(weight), weight - weight.rounded(.down))
    }

    /// The total number of pairs dealt for the fraction after some epochs, rounded so that epochs add up.
    fileprivate func dealt(epochs: Int) -> Int {
      Int((Double(pairs.count) * fraction * Double(epochs)).rounded())
    }
  }

  private let parts: [Part]
  private let seed: UInt64

  /// The selection of pairs from all parts.
  package init(_ parts: [Part], seed: UInt64) {
    (self.parts, self.seed) = (parts.filter { !$0.pairs.isEmpty }, seed)
  }

  /// Upper bound for the number of pairs in an epoch.
  var greatestCount: Int {
    parts.reduce(0) { sum, part in
      let fraction = (Double(part.pairs.count) * part.fraction).rounded(.up)
      return sum + part.pairs.count * part.whole + Int(fraction)
    }
  }

  /// The pairs of an epoch, in the order of the parts.
  package func indices(epoch: Int) -> [UInt32] {
    var indices: [UInt32] = []
    indices.reserveCapacity(greatestCount)
    for (number, part) in parts.enumerated() {
      let all = UInt32(part.pairs.lowerBound)..<UInt32(part.pairs.upperBound)
      for _ in 0..<part.whole { indices += all }
      appendFraction(of: part, number: number, epoch: epoch, to: &indices)
    }
    return indices
  }

  private func appendFraction(of part: Part, number: Int, epoch: Int, to indices: inout [UInt32]) {
    let before = part.dealt(epochs: epoch - 1)
    let count = part.dealt(epochs: epoch) - before
    guard count > 0 else { return }
    // The latest epoch at whose end every pair had been dealt equally often.
    var start = epoch - 1
    while start > 0, !part.dealt(epochs: start).isMultiple(of: part.pairs.count) { start -= 1 }
    // These streams are distinct from those of the epochs.
    var order = SeededOrder(
      seed: seed, stream: UInt64(number + 1) << 40 &+ UInt64(bitPattern: Int64(start)))
    var pack = (UInt32(part.pairs.lowerBound)..<UInt32(part.pairs.upperBound)).map { $0 }
    order.shuffle(&pack)
    let first = before - part.dealt(epochs: start)
    for place in first..<first + count { indices.append(pack[place % pack.count]) }
  }
}

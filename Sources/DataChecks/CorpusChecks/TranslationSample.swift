/// Pairs of a corpus as hashes of their words, evenly spread, in bounded memory.
struct TranslationSample: Sendable {
  /// The words of a pair.
  struct Pair: Sendable {
    let line: UInt32
    let source: [UInt32]
    let target: [UInt32]
  }

  private(set) var pairs: [Pair] = []
  /// Of how many pairs one is kept.
  private(set) var step: UInt32 = 1
  private let limit: Int

  /// Pairs with more words teach little for their cost.
  static let mostWords = 80

  init(limit: Int) { self.limit = limit }

  /// Whether a line would be kept.
  func wants(line: Int) -> Bool { UInt32(truncatingIfNeeded: line) % step == 0 }

  mutating func add(_ pair: Pair) {
    guard pair.line % step == 0 else { return }
    pairs.append(pair)
    guard pairs.count > limit else { return }
    step *= 2
    pairs.removeAll { $0.line % step != 0 }
  }
}

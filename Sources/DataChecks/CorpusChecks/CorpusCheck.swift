/// A check of the corpus as a whole, which sees all pairs in their order on one thread.
protocol CorpusCheck {
  /// What it finds.
  static var kinds: [FindingKind] { get }

  /// Adds the faults of the next pair, as far as they show already.
  ///
  /// - Parameters:
  ///   - pair: hashes of the pair, from the threads that read it.
  ///   - findings: where to add them.
  mutating func add(_ pair: PairHashes, _ findings: inout [Finding])

  /// What the user should know about how complete the check is; nil if it saw everything.
  var limitation: String? { get }
}

/// What corpus checks know about a pair.
struct PairHashes: Sendable {
  let line: UInt32
  /// Whether the pair has text on both sides.
  let hasText: Bool
  /// Of the bytes of each side.
  let source: UInt64
  let target: UInt64
  /// Of both sides' words.
  let folded: UInt64

  init(_ pair: PairProfile) {
    line = UInt32(truncatingIfNeeded: pair.line)
    hasText = pair.source.visible > 0 && pair.target.visible > 0
    (source, target) = (mixed(pair.source.exactHash), mixed(pair.target.exactHash))
    folded = mixed(pair.source.foldedHash &* 3 &+ mixed(pair.target.foldedHash))
  }

  /// Of the bytes of both sides.
  var exact: UInt64 { mixed(source &* 5 &+ target) }
}

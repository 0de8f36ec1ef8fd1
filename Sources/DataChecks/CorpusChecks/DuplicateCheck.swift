/// Pairs that occur several times, exactly or but for case and punctuation.
struct DuplicateCheck: CorpusCheck {
  static let kinds: [FindingKind] = [.duplicatePair, .nearDuplicatePair]

  private struct First: BitwiseCopyable {
    /// Some bits of the exact hash of the first such pair.
    var exact: UInt32
    var line: UInt32
  }

  private var table: HashTable<First>

  /// - Parameter mostPairs: the greatest number of different pairs that are remembered.
  init(mostPairs: Int) {
    table = HashTable(mostSlots: slots(for: mostPairs), empty: First(exact: 0, line: 0))
  }

  mutating func add(_ pair: PairHashes, _ findings: inout [Finding]) {
    guard pair.hasText else { return }
    let exact = UInt32(truncatingIfNeeded: pair.exact >> 32)
    var isExact = false
    let isThere = table.update(pair.folded, new: First(exact: exact, line: pair.line)) {
      isExact = $0.exact == exact
      // A third pair is compared with the second.
      $0.exact = exact
    }
    guard isThere == true else { return }
    findings.append(Finding(isExact ? .duplicatePair : .nearDuplicatePair, .both, line: Int(pair.line)))
  }

  /// The line of the first pair with the same words.
  func firstLine(_ folded: UInt64) -> Int? { table[folded].map { Int($0.line) } }

  var limitation: String? {
    table.share == 1
      ? nil
      : "duplicates were looked for among 1 in \(Int(1 / table.share)) of the pairs, to bound the memory"
  }
}

/// Texts that have many different translations.
struct ManyTranslationsCheck: CorpusCheck {
  static let kinds: [FindingKind] = [.manyTargets, .manySources]
  /// More translations than this are many.
  static let usual = 4

  private var seen: HashTable<UInt8>
  private var sources: HashTable<UInt8>
  private var targets: HashTable<UInt8>

  init(mostPairs: Int) {
    seen = HashTable(mostSlots: slots(for: mostPairs), empty: 0)
    sources = HashTable(mostSlots: slots(for: mostPairs), empty: 0)
    targets = HashTable(mostSlots: slots(for: mostPairs), empty: 0)
  }

  mutating func add(_ pair: PairHashes, _ findings: inout [Finding]) {
    guard pair.hasText, seen.update(pair.exact, new: 1, { _ in }) == false else { return }
    var (manyTargets, manySources) = (false, false)
    sources.update(pair.source, new: 1) {
      if $0 < .max { $0 += 1 }
      manyTargets = $0 > Self.usual
    }
    targets.update(pair.target, new: 1) {
      if $0 < .max { $0 += 1 }
      manySources = $0 > Self.usual
    }
    if manyTargets { findings.append(Finding(.manyTargets, .source, line: Int(pair.line))) }
    if manySources { findings.append(Finding(.manySources, .target, line: Int(pair.line))) }
  }

  var limitation: String? { nil }
}

/// The slots of a table for a number of entries.
private func slots(for entries: Int) -> Int {
  var slots = 1 << 12
  while 3 * slots < 4 * entries { slots *= 2 }
  return slots
}

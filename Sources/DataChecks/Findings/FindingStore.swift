/// The findings in a pair of files: counts, examples and, if wanted, all lines.
struct FindingStore: Sendable {
  /// A variant of a kind, as habits are found.
  private struct Variant: Hashable, Sendable {
    let kind: UInt8
    let sides: Sides
    let number: UInt16

    init(_ finding: Finding) { (kind, sides, number) = (finding.kindIndex, finding.sides, finding.variant) }
  }

  private struct Entry: Sendable {
    var count = 0
    var examples: [Example] = []
    var findings: [Finding] = []
  }

  private var entries: [Variant: Entry] = [:]
  private let examples: Int
  private let keepsLines: Bool

  /// - Parameters:
  ///   - examples: how many examples are kept of each variant.
  ///   - keepsLines: whether all lines are kept.
  init(examples: Int, keepsLines: Bool) { (self.examples, self.keepsLines) = (examples, keepsLines) }

  /// Adds a finding.
  ///
  /// - Parameters:
  ///   - finding: what was found.
  ///   - count: how many lines it stands for.
  ///   - note: more about it, for its example.
  ///   - text: the pair, called only if it becomes an example; nil if it never does.
  mutating func add(
    _ finding: Finding, count: Int = 1, note: String = "", text: (() -> (source: [UInt8], target: [UInt8]))?
  ) {
    let variant = Variant(finding)
    var entry = entries[variant] ?? Entry()
    entries[variant] = nil
    entry.count += count
    if entry.examples.count < examples, let pair = text?() {
      entry.examples.append(Example(finding: finding, source: pair.source, target: pair.target, note: note))
    }
    if keepsLines { entry.findings.append(finding) }
    entries[variant] = entry
  }

  /// The findings by kind, and apart from them what is a habit.
  ///
  /// - Parameter pairs: number of pairs in the files.
  /// - Returns: both in the order of `FindingKind.allCases`.
  func summary(pairs: Int) -> (findings: [FindingGroup], habits: [FindingGroup]) {
    var findings: [FindingKind: FindingGroup] = [:]
    var habits: [FindingKind: FindingGroup] = [:]
    for (variant, entry) in entries {
      let kind = FindingKind.allCases[Int(variant.kind)]
      let isHabit = HabitRule.isHabit(kind, count: entry.count, pairs: pairs)
      let lines = entry.findings
      if isHabit {
        habits[kind, default: FindingGroup(kind: kind)].add(entry.count, entry.examples, lines)
      } else {
        findings[kind, default: FindingGroup(kind: kind)].add(entry.count, entry.examples, lines)
      }
    }
    func sorted(_ groups: [FindingKind: FindingGroup]) -> [FindingGroup] {
      groups.values.map { $0.sorted(examples: examples) }.sorted { $0.kind.index < $1.kind.index }
    }
    return (sorted(findings), sorted(habits))
  }
}

/// A finding with its text.
struct Example: Sendable {
  let finding: Finding
  let source: [UInt8]
  let target: [UInt8]
  /// More about it; may be empty.
  let note: String
}

/// All findings of a kind in a pair of files.
struct FindingGroup: Sendable {
  let kind: FindingKind
  var count = 0
  var examples: [Example] = []
  /// All findings, by line, if they were kept.
  var findings: [Finding] = []

  mutating func add(_ count: Int, _ examples: [Example], _ findings: [Finding]) {
    self.count += count
    self.examples += examples
    self.findings += findings
  }

  func sorted(examples limit: Int) -> FindingGroup {
    var result = self
    result.examples.sort { $0.finding.line < $1.finding.line }
    result.examples = Array(result.examples.prefix(limit))
    result.findings.sort { $0.line < $1.line }
    return result
  }
}

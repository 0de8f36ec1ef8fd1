/// A check of pairs by themselves.
///
/// It runs on many threads at once, over blocks of pairs, so it keeps nothing between pairs. What it must know about the
/// corpus as a whole, such as usual lengths, is learned from a sample before; see ``CorpusContext``.
protocol PairCheck: Sendable {
  /// What it finds.
  static var kinds: [FindingKind] { get }

  /// Adds the faults of a pair.
  func check(_ pair: PairProfile, _ findings: inout PairFindings)
}

/// A pair with the profiles of both sides.
struct PairProfile: Sendable {
  var source = LineProfile()
  var target = LineProfile()
  /// The text that the pair is from.
  var block = PairBlock()
  /// The place of the pair in the block.
  var index = 0

  /// The line in both files, counted from 1.
  var line: Int { block.firstLine + index }

  /// The bytes of a side, for slow checks of suspicious lines.
  func text(_ side: Sides) -> ArraySlice<UInt8> {
    side == .source ? block.source[index] : block.target[index]
  }

  /// The profile of a side.
  func profile(_ side: Sides) -> LineProfile { side == .source ? source : target }

  /// Reads a pair of the block.
  mutating func read(_ index: Int, _ profiler: LineProfiler) {
    self.index = index
    profiler.read(block.source.bytes, block.source.range(index), into: &source)
    profiler.read(block.target.bytes, block.target.range(index), into: &target)
  }
}

/// Where checks put the faults of pairs.
struct PairFindings: Sendable {
  private(set) var all: [Finding] = []
  /// The line of the pair that is being checked.
  var line = 0
  /// Whether the pair is so wrong that finer checks would only say the same again.
  private(set) var isHopeless = false
  /// Whether the characters are wrong, so that letters and scripts say nothing.
  var isGarbled = false
  /// Whether there is markup, whose numbers and signs are not those of the text.
  var hasMarkup = false
  private let enabled: KindSet

  init(enabled: KindSet) { self.enabled = enabled }

  /// Begins the next pair.
  mutating func begin(line: Int) {
    (self.line, isHopeless, isGarbled, hasMarkup) = (line, false, false, false)
  }

  /// Adds a fault.
  ///
  /// - Parameters:
  ///   - kind: what is wrong; ignored if the user does not want it.
  ///   - sides: where.
  ///   - variant: which of several forms of the fault; see ``Finding/variant``.
  ///   - hopeless: whether finer checks make no sense any more.
  mutating func add(_ kind: FindingKind, _ sides: Sides, variant: Int = 0, hopeless: Bool = false) {
    if hopeless { isHopeless = true }
    guard enabled.contains(kind) else { return }
    all.append(Finding(kind, sides, variant: variant, line: line))
  }

  /// Whether a kind is wanted.
  func wants(_ kind: FindingKind) -> Bool { enabled.contains(kind) }
}

/// A set of kinds.
struct KindSet: Sendable {
  private var isIn = [Bool](repeating: false, count: FindingKind.count)

  init(_ kinds: some Sequence<FindingKind>) {
    for kind in kinds { isIn[kind.index] = true }
  }

  func contains(_ kind: FindingKind) -> Bool { isIn[kind.index] }
  func containsAny(_ kinds: [FindingKind]) -> Bool { kinds.contains(where: contains) }
}

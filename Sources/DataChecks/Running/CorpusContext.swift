/// What checks of pairs must know about the corpus, learned from a sample.
struct CorpusContext: Sendable {
  var source = SideContext()
  var target = SideContext()
  /// How long targets are.
  var lengths = LengthModel()

  /// Whether both sides are written in the same main script.
  var sharesScript: Bool { source.mainScript == target.mainScript && source.mainScript != .none }

  func side(_ side: Sides) -> SideContext { side == .source ? source : target }
}

/// What is usual on one side.
struct SideContext: Sendable {
  /// The language as a BCP 47 code, without its region and script; empty if it is unknown.
  var language = ""
  /// The language that the sample is in.
  var guessed = ""
  /// The script of most letters.
  var mainScript = Script.none
  /// The scripts in which text of this side is: those of a tenth of the letters or more.
  var scripts: [Bool] = Array(repeating: false, count: 16)
  /// The words of the sample.
  var words = WordFilter()

  /// Whether the language uses the Latin script, which also names things in other scripts.
  var isLatin: Bool { mainScript == .latin }
}

/// Which words belong to the language of a side, by their hashes and how often a sample has them.
struct WordFilter: Sendable {
  private static let bits = 18
  private var counts: [UInt16] = []
  private(set) var total = 0

  init() {}

  /// A filter for counting.
  static func counting() -> WordFilter {
    var filter = WordFilter()
    filter.counts = Array(repeating: 0, count: 1 << bits)
    return filter
  }

  mutating func add(_ words: [UInt32]) {
    total += words.count
    for word in words where counts[Self.slot(word)] < .max { counts[Self.slot(word)] += 1 }
  }

  /// The number of words that are rare here, or far more frequent on the other side.
  ///
  /// A few lines in a wrong language are in the sample as well, so a word must be there more often than they can make it.
  func foreign(among words: [UInt32], other: WordFilter) -> Int {
    guard !counts.isEmpty, !other.counts.isEmpty else { return 0 }
    let least = max(2, min(1000, total / 8000))
    var foreign = 0
    for word in words {
      let (own, others) = (Int(counts[Self.slot(word)]), Int(other.counts[Self.slot(word)]))
      if own < least || others > 10 * own { foreign += 1 }
    }
    return foreign
  }

  private static func slot(_ word: UInt32) -> Int { Int((word &* 0x9E37_79B9) >> (32 - UInt32(bits))) }
}

/// How long targets are compared with their sources, by the logarithm of the ratio of visible characters.
///
/// Short sentences vary more. The spread is that of a middle part of the sample, so that outliers do not widen it.
struct LengthModel: Sendable {
  /// The median of the logarithm, and its spread as a standard deviation, for pairs of up to 8, 16, 32, … characters.
  private(set) var buckets: [(median: Double, spread: Double)] = []
  /// The usual characters of a target for each of its source.
  private(set) var ratio = 1.0

  /// Learns from pairs of lengths in visible characters.
  init(learningFrom lengths: [(source: Int, target: Int)] = []) {
    let usable = lengths.filter { $0.source > 0 && $0.target > 0 }
    guard usable.count >= Self.fewestPairs else { return }
    let all = usable.map { Self.log($0.source, $0.target) }.sorted()
    ratio = exponential(all[all.count / 2])
    var logs = [[Double]](repeating: [], count: 8)
    for item in usable { logs[bucket(item.source, item.target)].append(Self.log(item.source, item.target)) }
    // Outliers are long pairs more often than others are, so rare lengths have the spread of shorter ones.
    var last = Self.summary(all)
    buckets = logs.map { logs in
      if logs.count >= max(Self.fewestPairs, usable.count / 40) { last = Self.summary(logs.sorted()) }
      return last
    }
  }

  private static let fewestPairs = 50

  /// How many spreads a pair is away from the median, and the factor between them.
  ///
  /// - Returns: nil if nothing was learned, or the pair is too short to say anything.
  func deviation(source: Int, target: Int) -> (spreads: Double, factor: Double)? {
    guard !buckets.isEmpty, source > 0, target > 0, length(source, target) >= 12 else { return nil }
    let bucket = buckets[bucket(source, target)]
    let difference = Self.log(source, target) - bucket.median
    return (difference.magnitude / bucket.spread, exponential(difference.magnitude))
  }

  private static func log(_ source: Int, _ target: Int) -> Double {
    logarithm((Double(target) + 1) / (Double(source) + 1))
  }

  /// The length of the longer side, in characters of the source: a few words for a long sentence are no short pair.
  private func length(_ source: Int, _ target: Int) -> Int { max(source, Int(Double(target) / ratio)) }

  private func bucket(_ source: Int, _ target: Int) -> Int {
    min(7, max(0, Int.bitWidth - length(source, target).leadingZeroBitCount - 3))
  }

  private static func summary(_ sorted: [Double]) -> (median: Double, spread: Double) {
    func quantile(_ share: Double) -> Double {
      sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
    }
    // The distance between these quantiles of a normal distribution is 2 · 0.8416 standard deviations.
    return (quantile(0.5), max(0.12, (quantile(0.8) - quantile(0.2)) / 1.6832))
  }
}

public import Corpora
import Machine
import RandomNumbers
public import Tokens

/// The batches of an epoch of a prepared corpus, of which a window of some shards is in memory at a time.
///
/// The shards come in another order in every epoch. The pairs of a window are shuffled, sorted by length and cut into
/// batches, which are shuffled, as `Batcher` does it with a whole corpus. Every pair is in exactly one batch. The
/// batches depend only on the corpus, seed, epoch, their size and the size of the window, never on threads or processes.
public struct StreamedBatches: EpochBatches {
  /// How batches are made.
  public struct Options: Sendable, Equatable {
    /// Limit for the number of pairs of a batch times the longest sentence of either side.
    public var batchTokens = 4096
    /// A window has as many whole shards as have at most this many pairs, but at least one.
    public var windowPairs = 1_000_000
    /// Determines the order.
    public var seed: UInt64 = 1
    /// The number of threads that read.
    public var threads = 1

    /// The default options.
    public init() {}
  }

  private let corpus: PreparedCorpus
  private let options: Options
  private let epoch: Int
  private let transform: PairTransform?
  /// The shards of each window.
  private let windows: [[Int]]
  private var window: CorpusWindow?
  /// The window that follows, and the number of its first batch.
  private var next = (window: 0, batch: 0)
  /// The batches of the window in memory.
  public private(set) var ready = 0..<0

  /// The batches of an epoch.
  ///
  /// - Parameters:
  ///   - corpus: the corpus.
  ///   - epoch: counted from 1.
  ///   - options: how they are made.
  ///   - transform: a change of each pair, given its index in the corpus; must not make it longer.
  public init(_ corpus: PreparedCorpus, epoch: Int, options: Options, transform: PairTransform? = nil) {
    precondition(options.batchTokens > 0 && options.windowPairs > 0, "StreamedBatches: \(options)")
    (self.corpus, self.epoch, self.options, self.transform) = (corpus, epoch, options, transform)
    windows = Self.windows(corpus.manifest, epoch: epoch, options)
  }

  /// The ids that the corpus was prepared with.
  public var specialTokens: SpecialTokens { corpus.manifest.specialTokens.tokens }

  /// The shards of each window of an epoch.
  static func windows(_ manifest: CorpusManifest, epoch: Int, _ options: Options) -> [[Int]] {
    var numbers = Array(manifest.shards.indices)
    var order = SeededOrder(seed: options.seed, stream: stream(epoch, 0))
    order.shuffle(&numbers)
    var windows: [[Int]] = []
    var pairs = 0
    for number in numbers {
      pairs += manifest.shards[number].pairs
      if windows.isEmpty || pairs > options.windowPairs {
        windows.append([])
        pairs = manifest.shards[number].pairs
      }
      windows[windows.count - 1].append(number)
    }
    return windows
  }

  /// Selects random numbers for the order of shards (0) or for a window (its number, from 1).
  package static func stream(_ epoch: Int, _ window: Int) -> UInt64 {
    SplitMix64.mix(UInt64(epoch) &* SplitMix64.increment) &+ UInt64(window)
  }

  /// Reads the window of a batch; counts the batches of those before it from lengths alone.
  ///
  /// - Throws: ``CorpusShardError`` if a shard is missing or damaged.
  public mutating func prepare(_ index: Int) throws -> Bool {
    precondition(index >= 0, "StreamedBatches: batch \(index)")
    if ready.contains(index) { return true }
    // Before another is read.
    (window, ready) = (nil, 0..<0)
    if index < next.batch { next = (0, 0) }
    if index > next.batch { try skip(to: index) }
    while next.window < windows.count {
      var order = SeededOrder(seed: options.seed, stream: Self.stream(epoch, next.window + 1))
      let window = try CorpusWindow(
        corpus, windows[next.window], batchTokens: options.batchTokens, &order, threads: options.threads)
      ready = next.batch..<next.batch + window.plans.count
      next = (next.window + 1, ready.upperBound)
      guard !ready.contains(index) else {
        self.window = window
        return true
      }
    }
    ready = 0..<0
    return false
  }

  /// Passes over windows that end before a batch.
  private mutating func skip(to index: Int) throws(CorpusShardError) {
    while next.window < windows.count {
      let group = Array(windows[next.window...].prefix(options.threads))
      let counts = concurrentMap(group, threads: options.threads) { [corpus, options] shards in
        Result { () throws(CorpusShardError) in
          try CorpusWindow.countBatches(corpus, shards, batchTokens: options.batchTokens)
        }
      }
      for count in counts {
        let count = try count.get()
        if next.batch + count > index { return }
        next = (next.window + 1, next.batch + count)
      }
    }
  }

  /// The batch of the window in memory.
  public func makeBatch(_ index: Int) -> Batch {
    guard let window, ready.contains(index) else {
      preconditionFailure("StreamedBatches: batch \(index) is not ready (\(ready))")
    }
    let pairs = window.plans[index - ready.lowerBound].pairs.map(window.pair)
    return Batch(
      pairs.map { transform?($0.pair, $0.index) ?? $0.pair }, pairs: pairs.map(\.index),
      end: specialTokens.end,
      endsSource: corpus.manifest.endsSource)
  }

  /// The pairs of a window at most.
  public static func pairsOfWindow(_ manifest: CorpusManifest, _ options: Options) -> Int {
    min(manifest.pairs, max(options.windowPairs, manifest.shards.map(\.pairs).max() ?? 0))
  }

  /// The memory of a window in bytes: the ids, which are mapped or decompressed, and about 44 bytes for each pair.
  public static func memory(_ manifest: CorpusManifest, options: Options) -> Int {
    let pairs = pairsOfWindow(manifest, options)
    let width = max(manifest.sourceVocabulary, manifest.targetVocabulary) > 1 << 16 ? 4 : 2
    let ids =
      Double(manifest.sourceTokens + manifest.targetTokens) / Double(max(manifest.pairs, 1)) * Double(width)
    return Int(Double(pairs) * (ids + 44))
  }
}

/// Which pairs of a corpus are kept, and how it is loaded.
public struct CorpusOptions: Sendable, Equatable {
  /// Pairs with more subwords on a side are dropped, `</s>` not counted; 1 to 1,048,576.
  public var maxLength = 256
  /// Pairs whose longer side has more than this many times the subwords of the shorter are dropped; nil: none are.
  public var maxLengthRatio: Double?
  /// Whether the text stays in memory, for ``ParallelCorpus/reencoded(options:source:target:)``.
  public var keepsLines = false
  /// Source lines whose pairs are left out, since they are held out for validation; see ``HeldOutPairs``.
  public var heldOutSources: Set<[UInt8]> = []
  /// Threads that encode; nil: one for each processor.
  public var threads: Int?

  /// The usual options.
  public init() {}
}

/// Longer lines than this are dropped unseen, as no sentence is that long: 1 MiB.
///
/// It keeps ``BlockedLists`` within 32 bits, and hostile input from costing hours.
let maximumLineBytes = 1 << 20

public import Tokens

/// Which pairs of a corpus are kept, and how it is loaded.
public struct CorpusOptions: Sendable, Equatable {
  /// Pairs with more subwords on either side, not counting `</s>`, are dropped; 1 to 1,048,576.
  public var maxLength = 256
  /// Pairs whose longer side has more than this many times the subwords of the shorter one are dropped; nil: no limit.
  public var maxLengthRatio: Double?
  /// The number of positions per source subword in a non-autoregressive CTC model.
  ///
  /// Pairs whose target does not fit into these positions are dropped, since such a model cannot learn from them; nil:
  /// no limit.
  public var upsampling: Int?
  /// Whether the text is kept in memory, for ``ParallelCorpus/reencoded(options:where:source:target:)``.
  public var keepsLines = false
  /// Source lines whose pairs are dropped because they are held out for validation; see ``HeldOutPairs``.
  public var heldOutSources: Set<[UInt8]> = []
  /// The ids of the special tokens in the vocabularies of both sides.
  public var specialTokens = SpecialTokens.standard
  /// Whether source sentences end in `</s>`, as most models expect.
  public var endsSource = true
  /// The number of threads for encoding; nil: one for each processor.
  public var threads: Int?

  /// The default options.
  public init() {}

  /// Whether the target fits into the positions that ``upsampling`` makes of the source, including its end token.
  func hasRoom(source: [TokenID], target: [TokenID]) -> Bool {
    guard let upsampling else { return true }
    return target.fewestCTCRows <= upsampling * (source.count + 1)
  }
}

/// Lines longer than 1 MiB are dropped without being encoded, since no sentence is that long.
///
/// This keeps ``BlockedLists`` within 32 bits, and malicious input from taking hours.
let maximumLineBytes = 1 << 20

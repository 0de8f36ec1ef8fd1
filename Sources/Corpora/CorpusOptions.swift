public import Tokens

/// Which pairs of a corpus are kept, and how it is loaded.
public struct CorpusOptions: Sendable, Equatable {
  /// Pairs with more subwords on a side are dropped, `</s>` not counted; 1 to 1,048,576.
  public var maxLength = 256
  /// Pairs whose longer side has more than this many times the subwords of the shorter are dropped; nil: none are.
  public var maxLengthRatio: Double?
  /// Positions that each source subword becomes in a non-autoregressive CTC model.
  ///
  /// Pairs whose target does not fit into them are dropped, since such a model cannot learn from them; nil: none are.
  public var upsampling: Int?
  /// Whether the text stays in memory, for ``ParallelCorpus/reencoded(options:source:target:)``.
  public var keepsLines = false
  /// Source lines whose pairs are left out, since they are held out for validation; see ``HeldOutPairs``.
  public var heldOutSources: Set<[UInt8]> = []
  /// The ids that do not stand for text in the vocabularies of both sides.
  public var specialTokens = SpecialTokens.standard
  /// Threads that encode; nil: one for each processor.
  public var threads: Int?

  /// The usual options.
  public init() {}

  /// Whether a model with this ``upsampling`` can predict a target from a source, whose end token has positions as well.
  func hasRoom(source: [TokenID], target: [TokenID]) -> Bool {
    guard let upsampling else { return true }
    return target.fewestCTCRows <= upsampling * (source.count + 1)
  }
}

/// Longer lines than this are dropped unseen, as no sentence is that long: 1 MiB.
///
/// It keeps ``BlockedLists`` within 32 bits, and hostile input from costing hours.
let maximumLineBytes = 1 << 20

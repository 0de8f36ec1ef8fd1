public import Tokens

/// The batches of an epoch in the order of training, numbered from 0.
///
/// They may be known a part at a time, so that the corpus need not be in memory.
public protocol EpochBatches {
  /// The ids of the special tokens in the vocabularies of both sides.
  var specialTokens: SpecialTokens { get }

  /// The batches that can be made now.
  var ready: Range<Int> { get }

  /// Gets a batch ready, and others may then no longer be.
  ///
  /// - Parameter index: the number of a batch that is not in ``ready``.
  /// - Returns: false if the epoch has no such batch.
  /// - Throws: an error if the corpus cannot be read.
  mutating func prepare(_ index: Int) throws -> Bool

  /// A batch, with `</s>` at the end of each sentence.
  ///
  /// - Parameter index: a number in ``ready``.
  /// - Returns: the batch.
  func makeBatch(_ index: Int) -> Batch
}

/// The batches of an epoch of a corpus in memory, all of which are ready.
public struct PlannedBatches: EpochBatches {
  private let batcher: Batcher
  private let plans: [BatchPlan]

  /// The batches that a batcher makes of an epoch.
  public init(_ batcher: Batcher, epoch: Int) {
    (self.batcher, plans) = (batcher, batcher.batches(epoch: epoch))
  }

  /// Those of the corpus.
  public var specialTokens: SpecialTokens { batcher.corpus.specialTokens }
  /// All batches.
  public var ready: Range<Int> { plans.indices }
  /// There are no others.
  public mutating func prepare(_ index: Int) -> Bool { false }
  /// The batch of a plan.
  public func makeBatch(_ index: Int) -> Batch { batcher.makeBatch(plans[index]) }
}

public import Tokens

/// Sentence pairs that a model processes together; each sentence ends in `</s>`.
public struct Batch: Sendable, Equatable {
  /// The source sentences.
  public let source: TokenBatch
  /// The target sentences, in the same order.
  public let target: TokenBatch
  /// The pairs' indices in the corpus, in the same order.
  public let pairs: [Int]
  /// The links between subwords of each pair, by target, then source; nil: the corpus has no alignments.
  public let alignments: [[AlignmentLink]]?

  /// The number of sentence pairs.
  public var count: Int { pairs.count }
  /// The number of tokens that the model predicts: those of the target sentences, including `</s>` but not padding.
  public var targetTokens: Int { target.tokenCount }

  /// A batch of the given sentences, which already end in `</s>`.
  ///
  /// - Precondition: both sides, `pairs` and `alignments` have the same count.
  public init(
    source: TokenBatch, target: TokenBatch, pairs: [Int], alignments: [[AlignmentLink]]? = nil
  ) {
    precondition(
      source.count == pairs.count && target.count == pairs.count
        && alignments?.count ?? pairs.count == pairs.count,
      "Batch: \(source.count) sources, \(target.count) targets, \(pairs.count) indices")
    (self.source, self.target, self.pairs, self.alignments) = (source, target, pairs, alignments)
  }

  /// A batch of a corpus's pairs; `</s>` is appended to each sentence, unless the corpus's sources have none.
  ///
  /// - Parameters:
  ///   - corpus: the corpus.
  ///   - pairs: indices into `corpus`, in the order of the batch.
  ///   - transform: a change applied to each pair; nil: none.
  public init(_ corpus: ParallelCorpus, pairs: [Int], transform: PairTransform? = nil) {
    self.init(
      pairs.map { transform?(corpus[$0], $0) ?? corpus[$0] }, pairs: pairs, end: corpus.specialTokens.end,
      endsSource: corpus.endsSource, isAligned: corpus.alignments != nil)
  }

  /// A batch of pairs without `</s>`, which is appended to each sentence, unless sources have none.
  ///
  /// - Parameters:
  ///   - sentences: the pairs.
  ///   - pairs: their indices in the corpus.
  ///   - end: the id of `</s>`.
  ///   - endsSource: whether source sentences end in it, too.
  ///   - isAligned: whether the pairs have alignments.
  package init(
    _ sentences: [SentencePair], pairs: [Int], end: TokenID, endsSource: Bool, isAligned: Bool = false
  ) {
    self.init(
      source: rectangle(sentences.map(\.source), closedBy: endsSource ? [end] : []),
      target: rectangle(sentences.map(\.target), closedBy: [end]), pairs: pairs,
      alignments: isAligned ? sentences.map { $0.alignment?.ofSubwords ?? [] } : nil)
  }

  /// Some of the batch's sentences, with only as much padding as they need.
  func selecting(_ rows: ArraySlice<Int>) -> Batch {
    Batch(
      source: rectangle(rows.map { source[sentence: $0] }, closedBy: []),
      target: rectangle(rows.map { target[sentence: $0] }, closedBy: []), pairs: rows.map { pairs[$0] },
      alignments: alignments.map { alignments in rows.map { alignments[$0] } })
  }
}

/// Changes a pair before it goes into a batch, for example by hiding words; a pure function of the pair and its index.
public typealias PairTransform = @Sendable (_ pair: SentencePair, _ index: Int) -> SentencePair

private func rectangle(_ sentences: [ArraySlice<TokenID>], closedBy end: [TokenID]) -> TokenBatch {
  let lengths = sentences.map { $0.count + end.count }
  let width = lengths.max() ?? 0
  var ids: [TokenID] = []
  ids.reserveCapacity(sentences.count * width)
  for sentence in sentences {
    ids += sentence
    ids += end
    ids += repeatElement(TokenBatch.padding, count: width - sentence.count - end.count)
  }
  return TokenBatch(ids: ids, lengths: lengths, width: width)
}

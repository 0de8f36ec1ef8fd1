/// Sentences of token ids side by side: a rectangle, with each sentence's length.
///
/// What follows a sentence's last token is padding and has no meaning: nothing that computes with a batch may let its
/// value change a result.
public struct TokenBatch: Sendable, Equatable {
  /// Ids row by row, shape `[count, width]`.
  public var ids: [TokenID]
  /// Tokens of each sentence, its end token included where the batch holds one, between 0 and ``width``.
  public var lengths: [Int]
  /// Positions in each row, padding included.
  public var width: Int

  /// Sentences in the batch.
  public var count: Int { lengths.count }
  /// Tokens of all sentences together, padding left out.
  public var tokenCount: Int { lengths.reduce(0, +) }

  /// A batch of the given rectangle.
  ///
  /// - Precondition: `ids` has `lengths.count * width` elements and no length exceeds `width`.
  public init(ids: [TokenID], lengths: [Int], width: Int) {
    precondition(
      ids.count == lengths.count * width && lengths.allSatisfy { 0...width ~= $0 },
      "TokenBatch: \(ids.count) ids, \(lengths.count) lengths up to \(lengths.max() ?? 0), width \(width)")
    (self.ids, self.lengths, self.width) = (ids, lengths, width)
  }

  /// Fills the rows of short sentences; as good as any other number, since it is never read.
  public static let padding: TokenID = 0

  /// A batch of sentences of any lengths, padded to the longest with ``padding``.
  public init(_ sentences: [[TokenID]]) {
    let width = sentences.map(\.count).max() ?? 0
    var ids: [TokenID] = []
    ids.reserveCapacity(sentences.count * width)
    for sentence in sentences {
      ids += sentence
      ids += repeatElement(Self.padding, count: width - sentence.count)
    }
    self.init(ids: ids, lengths: sentences.map(\.count), width: width)
  }

  /// One sentence without its padding.
  public subscript(sentence index: Int) -> ArraySlice<TokenID> {
    ids[index * width..<index * width + lengths[index]]
  }
}

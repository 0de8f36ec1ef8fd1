/// A batch of sentences: a rectangle of token ids, with the length of each sentence.
///
/// Ids after the last token of a sentence are padding; no result may depend on their values.
public struct TokenBatch: Sendable, Equatable {
  /// Ids row by row, shape `[count, width]`.
  public var ids: [TokenID]
  /// The number of tokens of each sentence, including its end token if there is one; from 0 to ``width``.
  public var lengths: [Int]
  /// The number of positions in each row, including padding.
  public var width: Int

  /// The number of sentences.
  public var count: Int { lengths.count }
  /// The number of tokens of all sentences, without padding.
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

  /// Fills the rows of short sentences; an arbitrary number, since it is never read.
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

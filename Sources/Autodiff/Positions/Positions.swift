/// How one stack of layers encodes the order of its tokens.
public struct Positions: Sendable {
  /// What is added to embeddings.
  public let added: PositionTable
  /// What self-attention does in every layer.
  public let attention: AttentionPositions

  /// Positions that act on embeddings, on attention, or on both.
  public init(added: PositionTable = .none, attention: AttentionPositions = .none) {
    (self.added, self.attention) = (added, attention)
  }
}

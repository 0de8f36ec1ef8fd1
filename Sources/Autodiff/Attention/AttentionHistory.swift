public import Tensors

/// The projected rows of all past decoding steps of one self-attention layer.
///
/// Reordering hypotheses moves nothing: the rows of each step stay where they were written, and a table of ancestors says
/// which row of each step a hypothesis descends from.
public struct AttentionHistory {
  /// One tensor for each step, shape `[hypotheses of that step, 3 · size]`: queries, keys and values.
  private(set) var steps: [Tensor] = []

  /// How the self-attention accounts for positions.
  let positions: AttentionPositions

  /// A history without steps.
  public init(positions: AttentionPositions = .none) { self.positions = positions }

  /// The number of steps, and so the position of the next one.
  public var count: Int { steps.count }

  /// Adds the newest step.
  ///
  /// - Parameters:
  ///   - projected: its queries, keys and values, in memory that lives as long as the history. Rotary positions turn
  ///     the queries and keys in place.
  ///   - tape: records the operations.
  public mutating func append(_ projected: Tensor, on tape: Tape) {
    tape.rotate(projected, by: positions) {
      Array(repeating: Int32(count), count: projected.shape.rows)
    }
    steps.append(projected)
  }
}

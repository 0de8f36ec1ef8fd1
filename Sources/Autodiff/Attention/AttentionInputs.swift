public import Tensors

/// Queries, keys and values as columns of two tensors, the layout that fused projections produce.
public struct AttentionInputs {
  let queries: Tensor
  let keysAndValues: Tensor
  let queryColumn: Int
  let keyColumn: Int
  let valueColumn: Int
  let size: Int

  /// Whether queries, keys and values are columns of one tensor.
  var isSelfAttention: Bool { queries.values == keysAndValues.values }

  /// The name in profiles: how much is read decides the speed.
  func name(causal: Bool) -> String {
    guard isSelfAttention else { return "attend, cross" }
    return causal ? "attend, causal" : "attend, self"
  }

  /// Self-attention: one tensor holds queries, keys and values side by side, shape `[rows, 3 · size]`.
  public init(selfAttention projected: Tensor) {
    precondition(projected.shape.columns % 3 == 0, "attend: \(projected.shape) is not three projections")
    (queries, keysAndValues) = (projected, projected)
    size = projected.shape.columns / 3
    (queryColumn, keyColumn, valueColumn) = (0, size, 2 * size)
  }

  /// Cross-attention: queries of shape `[rows, size]`, keys and values of shape `[otherRows, 2 · size]`.
  public init(queries: Tensor, keysAndValues: Tensor) {
    precondition(
      keysAndValues.shape.columns == 2 * queries.shape.columns,
      "attend: queries \(queries.shape), keys and values \(keysAndValues.shape)")
    (self.queries, self.keysAndValues) = (queries, keysAndValues)
    size = queries.shape.columns
    (queryColumn, keyColumn, valueColumn) = (0, 0, size)
  }
}

private import CKernels
public import Tensors

extension Tape {
  /// Rotary positions: turns each pair of columns of every head by the angle for the row's position.
  ///
  /// The derivative of a rotation is the inverse rotation, so neither values nor gradients need a second buffer.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, columns]`. Its memory is reused for the result, so nothing else may read it.
  ///   - columns: how many of the first columns are turned, in whole heads; with queries, keys and values side by side,
  ///     those of queries and keys.
  ///   - positions: each row's position in its sentence, from 0.
  ///   - rotary: the angles.
  /// - Returns: the same shape.
  /// - Precondition: the positions are within the table.
  ///
  /// Source: Su et al. 2021, "RoFormer: Enhanced Transformer with Rotary Position Embedding", equation 34.
  public func rotate(_ x: Tensor, columns: Int, positions: [Int32], by rotary: RotaryEmbedding) -> Tensor {
    precondition(
      columns <= x.shape.columns && columns % rotary.headSize == 0 && positions.count == x.shape.rows,
      "rotate: \(columns) columns of \(x.shape), heads of \(rotary.headSize), \(positions.count) positions")
    precondition(
      positions.allSatisfy { 0..<rotary.positions ~= Int($0) },
      "rotate: positions up to \(positions.max() ?? 0) of \(rotary.positions)")
    func turn(_ elements: UnsafeMutablePointer<Float>, direction: Float) {
      rotate_pairs(
        elements, x.shape.columns, rotary.cosines, rotary.sines, positions, x.shape.rows,
        columns / rotary.headSize, rotary.headSize, rotary.pairsHalves ? 1 : 0, direction)
    }
    let operation = begin("rotate")
    turn(x.values, direction: 1)
    record(operation) {
      guard let dx = x.gradient else { return }
      turn(dx, direction: -1)
    }
    return x
  }
}

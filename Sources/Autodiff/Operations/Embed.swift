private import CKernels
public import Tensors

extension Tape {
  /// Scaled token embeddings plus positions, with dropout.
  ///
  /// `y[r] = dropout(scale · factors[r] · table[ids[r]] + positionTable[positions[r]])`.
  ///
  /// - Parameters:
  ///   - ids: one token for each row.
  ///   - positions: each token's position in its sentence, from 0.
  ///   - table: embeddings, shape `[vocabularySize, size]`.
  ///   - positionTable: what is added for each position; has a row for the greatest.
  ///   - scale: √size in the Transformer.
  ///   - factors: one for each row, as ``wordDropout(_:rate:sparing:)`` returns them; nil for ones.
  ///   - dropoutRate: `0 ..< 1`.
  /// - Returns: shape `[ids.count, size]`.
  /// - Precondition: ids and positions are within their tables.
  ///
  /// Source: Vaswani et al. 2017, sections 3.4 and 3.5.
  public func embed(
    ids: [Int32], positions: [Int32], table: Parameter, positionTable: PositionTable, scale: Float,
    factors: [Float]? = nil, dropoutRate: Float = 0
  ) -> Tensor {
    let (table, ids) = self.table(table, rows: ids)
    return embed(
      ids: ids, positions: positions, table: table, positionTable: positionTable, scale: scale,
      factors: factors,
      dropoutRate: dropoutRate)
  }

  /// The same with the rows of a tensor as embeddings, such as the output of another layer.
  public func embed(
    ids: [Int32], positions: [Int32], table embeddings: Tensor, positionTable: PositionTable, scale: Float,
    factors: [Float]? = nil, dropoutRate: Float = 0
  ) -> Tensor {
    let size = embeddings.shape.columns
    precondition(
      ids.count == positions.count && ids.count == factors?.count ?? ids.count,
      "embed: \(ids.count) ids, \(positions.count) positions, \(factors?.count ?? ids.count) factors")
    precondition(
      ids.allSatisfy { 0..<embeddings.shape.rows ~= Int($0) }
        && positions.allSatisfy { 0..<positionTable.count(size: size) ~= Int($0) }
        && positionTable.parameter?.shape.columns ?? size == size,
      "embed: ids up to \(ids.max() ?? 0) of \(embeddings.shape.rows), positions up to \(positions.max() ?? 0)"
    )
    let operation = begin("embed")
    let rate = activeRate(dropoutRate)
    let key = rate > 0 ? dropoutKey(rate) : 0
    let y = makeTensor([ids.count, size])
    let learned = positionTable.parameter.map { table($0, rows: positions) }
    let positions = learned?.ids ?? positions
    func forward(_ encoding: UnsafePointer<Float>?) {
      embed_forward(
        y.values, embeddings.values, ids, encoding, positions, factors, ids.count, size, scale, rate, key)
    }
    switch positionTable {
    case .none: forward(nil)
    case .constant(let elements): forward(elements)
    case .sines(let table):
      precondition(table.size == size, "embed: positions of \(table.size) columns, expected \(size)")
      forward(table.rows(Int(positions.max() ?? -1) + 1))
    case .learned: forward(learned?.table.values)
    }
    record(operation) {
      guard let dtable = embeddings.gradient, let dy = y.gradient else { return }
      embed_backward(
        dtable, learned?.table.gradient, ids, positions, dy, factors, ids.count, size, scale, rate, key)
    }
    return y
  }
}

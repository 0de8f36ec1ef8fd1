public import Tensors

extension Tape {
  /// Logits `x · Wᵀ + b` for a search, written row by row into an array.
  ///
  /// Inference only.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - weight: `W`, shape `[vocabularySize, size]`.
  ///   - bias: `b`, shape `[vocabularySize]`, or nil for none.
  ///   - logits: resized if needed and overwritten, shape `[rows, vocabularySize]`.
  public func project(_ x: Tensor, weight: Parameter, bias: Parameter? = nil, into logits: inout [Float]) {
    let count = x.shape.rows * weight.shape.rows
    if logits.count > count { logits.removeLast(logits.count - count) }
    if logits.count < count { logits += repeatElement(0, count: count - logits.count) }
    let b = bias.map { tensor($0) }
    logits.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      if let packed {
        packed.multiply(x.values, rows: x.shape.rows, weight: weight, bias: b?.values, into: start)
      } else {
        multiplier.project(
          x.matrix, weight: weight, tensor(weight).matrix, bias: b?.values,
          to: Matrix(start, rows: x.shape.rows, columns: weight.shape.rows))
      }
    }
  }

  /// The token with the greatest logit in each row of `x · Wᵀ`, for a search that needs no other.
  ///
  /// Inference only. If the processor allows it, most logits are not computed: see ``PackedProducts``.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - weight: `W`, shape `[vocabularySize, size]`.
  ///   - excluded: for each row, a bit for each of the first 16 tokens that is excluded.
  /// - Returns: for each row the token, the first of equals; -1 if the greatest logit is not finite.
  /// - Precondition: the tape has packed weights.
  public func greatestLogits(
    _ x: Tensor, weight: Parameter, bias: Parameter? = nil, excluding excluded: [UInt16]
  ) -> [Int32] {
    if let bias {
      var logits: [Float] = []
      project(x, weight: weight, bias: bias, into: &logits)
      let classes = weight.shape.rows
      return excluded.enumerated().map { row, excluded in
        var best: Int32 = -1
        var greatest = -Float.infinity
        for index in 0..<classes where index >= 16 || excluded & (1 << UInt16(index)) == 0 {
          let logit = logits[row * classes + index]
          if logit > greatest { (best, greatest) = (Int32(index), logit) }
        }
        return greatest.isFinite ? best : -1
      }
    }
    guard let packed else { preconditionFailure("greatestLogits: a tape without packed weights") }
    return packed.greatestOutputs(x.values, rows: x.shape.rows, weight: weight, excluding: excluded)
  }
}

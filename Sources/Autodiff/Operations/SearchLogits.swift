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
    resize(&logits, to: x.shape.rows * weight.shape.rows)
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

  /// The token with the greatest logit in each row of `x · Wᵀ + b`, for a search that needs no other.
  ///
  /// Inference only. If the processor allows it, most logits are not computed: see ``PackedProducts``.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - weight: `W`, shape `[vocabularySize, size]`.
  ///   - bias: `b`, shape `[vocabularySize]`, or nil for none.
  ///   - excluded: for each row, a bit for each of the first 16 tokens that is excluded.
  /// - Returns: for each row the token, the first of equals; -1 if the greatest logit is not finite.
  /// - Precondition: the tape has packed weights.
  public func greatestLogits(
    _ x: Tensor, weight: Parameter, bias: Parameter? = nil, excluding excluded: [UInt16]
  ) -> [Int32] {
    guard let packed else { preconditionFailure("greatestLogits: a tape without packed weights") }
    precondition(
      bias.map { $0.shape.count == weight.shape.rows } ?? true,
      "greatestLogits: weight \(weight.shape), bias \(bias?.shape.description ?? "none")")
    return packed.greatestOutputs(
      x.values, rows: x.shape.rows, weight: weight, bias: bias.map { tensor($0).values },
      excluding: excluded)
  }

  /// Some rows of an output weight and its bias, such as the tokens that a batch may be translated to, for products that
  /// have only these outputs: see ``project(_:weights:into:)``.
  ///
  /// Inference only.
  ///
  /// - Parameters:
  ///   - weight: shape `[vocabularySize, size]`.
  ///   - bias: shape `[vocabularySize]`, or nil for none.
  ///   - rows: without repetitions.
  /// - Returns: packed rows, in memory of this tape.
  /// - Precondition: the tape has packed weights.
  public func gatherRows(of weight: Parameter, bias: Parameter?, rows: [Int32]) -> ShortlistedWeights {
    guard let packed else { preconditionFailure("gatherRows: a tape without packed weights") }
    precondition(
      bias.map { $0.shape.count == weight.shape.rows } ?? true,
      "gatherRows: weight \(weight.shape), bias \(bias?.shape.description ?? "none")")
    return packed.shortlist(rows, of: weight, bias: bias.map { tensor($0).values }) { makeBuffer($0) }
  }

  /// Logits of a shortlist, the same as those of ``project(_:weight:bias:into:)`` for its rows.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - weights: the shortlist.
  ///   - logits: resized if needed and overwritten, shape `[rows, weights.count]`.
  public func project(_ x: Tensor, weights: ShortlistedWeights, into logits: inout [Float]) {
    precondition(
      x.shape.columns == weights.inputs, "project: x \(x.shape), weights of \(weights.inputs) columns")
    resize(&logits, to: x.shape.rows * weights.count)
    logits.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      weights.multiply(x.values, rows: x.shape.rows, into: start)
    }
  }

  /// The same for several lists of rows, such as the tokens that each sentence of a batch may be translated to.
  ///
  /// - Parameters:
  ///   - weight: shape `[vocabularySize, size]`.
  ///   - bias: shape `[vocabularySize]`, or nil for none.
  ///   - lists: rows without repetitions.
  /// - Returns: packed rows, in memory of this tape; those that many lists have are there once.
  /// - Precondition: the tape has packed weights.
  public func gatherRows(of weight: Parameter, bias: Parameter?, lists: [[Int32]]) -> ShortlistedLists {
    ShortlistedLists(lists, outputs: weight.shape.rows) { gatherRows(of: weight, bias: bias, rows: $0) }
  }

  /// Logits of rows with shortlists of their own.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - weights: the shortlists.
  ///   - lists: for each row the index of its shortlist; fastest if rows with the same one are neighbors.
  ///   - logits: resized if needed and overwritten, shape `[rows, weights.count]`; behind a shorter list, -∞.
  public func project(_ x: Tensor, weights: ShortlistedLists, lists: [Int], into logits: inout [Float]) {
    precondition(
      x.shape.rows == lists.count && x.shape.columns == weights.inputs,
      "project: x \(x.shape), \(lists.count) indices of lists, weights of \(weights.inputs) columns")
    resize(&logits, to: lists.count * weights.count)
    logits.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      weights.multiply(x.values, lists: lists, into: start)
    }
  }
}

private func resize(_ logits: inout [Float], to count: Int) {
  if logits.count > count { logits.removeLast(logits.count - count) }
  if logits.count < count { logits += repeatElement(0, count: count - logits.count) }
}

private import CKernels
public import Tensors

extension Tape {
  /// The simpler simple recurrent unit of each sentence, from its first row to its last, with its projections computed in
  /// advance.
  ///
  /// `c[t] = f[t] · c[t - 1] + (1 - f[t]) · candidate[t]` and `y[t] = max(0, c[t])`, element by element, with
  /// `f[t] = sigmoid(gate[t] + forgetBias)` and cells `c` of 0 before the first row.
  ///
  /// - Parameters:
  ///   - projected: shape `[rows, 2 · size]`: the candidates `W · x`, then the inputs of the gates, `W_f · x`.
  ///   - forgetBias: shape `[size]`, or nil for none.
  ///   - sentences: the rows of each sentence; they follow one another and contain all rows.
  /// - Returns: shape `[rows, size]`.
  ///
  /// Source: Kim et al. 2019, "From Research to Production and Back: Ludicrously Fast Neural Machine Translation",
  /// section 3.1.
  public func ssru(_ projected: Tensor, forgetBias: Parameter?, sentences: [Range<Int>]) -> Tensor {
    let (rows, size) = unitShape(projected, forgetBias)
    precondition(sentences.divide(rows), "ssru: sentences \(sentences) of \(rows) rows")
    let bias = forgetBias.map { tensor($0) }
    let operation = begin("ssru")
    let y = makeTensor([rows, size])
    let cells = makeBuffer(rows * size)
    for sentence in sentences {
      let first = sentence.lowerBound * size
      ssru_forward(
        y.values + first, cells + first, projected.values + 2 * first, bias?.values, nil, sentence.count, size
      )
    }
    let scratch = keepsDerivatives ? makeBuffer(2 * size) : nil
    record(operation) {
      guard let dx = projected.gradientTarget, let dy = y.gradient else { return }
      for sentence in sentences {
        let first = sentence.lowerBound * size
        ssru_backward(
          dx.elements + 2 * first, dx.accumulates ? 0 : 1, bias?.gradient, dy + first, cells + first,
          projected.values + 2 * first, bias?.values, sentence.count, size, scratch)
      }
    }
    return y
  }

  /// One step of ``ssru(_:forgetBias:sentences:)`` for each hypothesis, with the same results.
  ///
  /// Inference only.
  ///
  /// - Parameters:
  ///   - projected: shape `[hypotheses, 2 · size]`.
  ///   - forgetBias: shape `[size]`, or nil for none.
  ///   - state: the cells.
  ///   - parents: for each hypothesis the one of the last step that it descends from; not read in the first step.
  /// - Returns: shape `[hypotheses, size]`.
  public func ssruStep(
    _ projected: Tensor, forgetBias: Parameter?, state: inout RecurrentState, parents: [Int32]
  ) -> Tensor {
    let (rows, size) = unitShape(projected, forgetBias)
    precondition(mode == .inference && state.size == size, "ssruStep: \(size) columns, \(state), \(mode)")
    let bias = forgetBias.map { tensor($0) }
    let y = makeTensor([rows, size])
    state.advance(from: parents, to: rows) { row, past, cells in
      ssru_forward(
        y.values + row * size, cells, projected.values + 2 * row * size, bias?.values, past, 1, size)
    }
    return y
  }

  private func unitShape(_ projected: Tensor, _ bias: Parameter?) -> (rows: Int, size: Int) {
    let size = projected.shape.columns / 2
    precondition(
      projected.shape.columns == 2 * size && bias.map { $0.shape == [size] } ?? true,
      "ssru: projected \(projected.shape), bias \(bias?.shape.description ?? "none")")
    return (projected.shape.rows, size)
  }
}

private import CKernels
public import Tensors

extension Tape {
  /// The mean of each row and those before it in its sentence: what average attention reads.
  ///
  /// - Parameters:
  ///   - x: shape `[rows, size]`.
  ///   - sentences: the rows of each sentence; they follow one another and contain all rows.
  /// - Returns: shape `[rows, size]`.
  ///
  /// Source: Zhang, Xiong and Su 2018, "Accelerating Neural Transformer via an Average Attention Network", equation 1,
  /// without its feed-forward network.
  public func cumulativeMean(_ x: Tensor, sentences: [Range<Int>]) -> Tensor {
    let (rows, size) = (x.shape.rows, x.shape.columns)
    precondition(sentences.divide(rows), "cumulativeMean: sentences \(sentences) of \(rows) rows")
    let operation = begin("cumulative mean")
    let y = makeTensor(x.shape)
    for sentence in sentences {
      let first = sentence.lowerBound * size
      cumulative_mean_forward(y.values + first, x.values + first, nil, 0, sentence.count, size)
    }
    let scratch = keepsDerivatives ? makeBuffer(size) : nil
    record(operation) {
      guard let dx = x.gradientTarget, let dy = y.gradient else { return }
      for sentence in sentences {
        let first = sentence.lowerBound * size
        cumulative_mean_backward(
          dx.elements + first, dx.accumulates ? 0 : 1, dy + first, sentence.count, size, scratch)
      }
    }
    return y
  }

  /// One step of ``cumulativeMean(_:sentences:)`` for each hypothesis, with the same results.
  ///
  /// Inference only.
  ///
  /// - Parameters:
  ///   - x: shape `[hypotheses, size]`.
  ///   - position: the number of steps before.
  ///   - state: the means of the last step.
  ///   - parents: for each hypothesis the one of the last step that it descends from; not read in the first step.
  /// - Returns: shape `[hypotheses, size]`.
  public func cumulativeMeanStep(
    _ x: Tensor, position: Int, state: inout RecurrentState, parents: [Int32]
  ) -> Tensor {
    let (rows, size) = (x.shape.rows, x.shape.columns)
    precondition(
      mode == .inference && state.size == size && state.steps == position,
      "cumulativeMeanStep: x \(x.shape), position \(position) after \(state.steps) steps, \(state.size) columns, \(mode)"
    )
    let y = makeTensor(x.shape)
    state.advance(from: parents, to: rows) { row, past, mean in
      cumulative_mean_forward(mean, x.values + row * size, past, position, 1, size)
      (y.values + row * size).update(from: mean, count: size)
    }
    return y
  }
}

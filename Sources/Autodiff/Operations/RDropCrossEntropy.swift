private import CKernels
public import Tensors

extension Tape {
  /// The output layer with R-Drop's loss: two predictions of every target, which should be correct and agree.
  ///
  /// With p and q the predictions, made with different dropout, and CE the label-smoothed cross-entropy, the loss of a
  /// token is
  ///
  ///     (CE(p) + CE(q)) / 2 + α / 2 · (KL(p ‖ q) + KL(q ‖ p)) / 2
  ///
  /// That is half of the paper's formula (4), which adds both cross-entropies, so that a token counts as much as in a
  /// loss without R-Drop; α means the same as in the paper. Logits are computed and discarded in chunks, as in
  /// ``labelSmoothedCrossEntropy(_:weight:bias:targets:smoothing:)``, each with the same rows of both passes; the
  /// derivatives are added immediately, through both predictions.
  ///
  /// - Parameters:
  ///   - x: decoder output, shape `[2 · targets, size]`: the rows of one pass, then those of the other.
  ///   - weight: the output embedding, shape `[vocabularySize, size]`.
  ///   - bias: shape `[vocabularySize]`, or nil for none.
  ///   - targets: the correct token of each row of a pass.
  ///   - smoothing: ε, `0 ..< 1`.
  ///   - alpha: α, at least 0; typically 5 in translation.
  /// - Returns: sums over the targets, each counted once: of the mean cross-entropy, of the mean negative
  ///   log-likelihood, and of the divergence, without α.
  /// - Complexity: 12 · targets · size · vocabularySize FLOP in training.
  ///
  /// Source: Liang et al. 2021, "R-Drop: Regularized Dropout for Neural Networks", formulas (2) to (4).
  public func rDropCrossEntropy(
    _ x: Tensor, weight: Parameter, bias: Parameter? = nil, targets: [Int32], smoothing: Float, alpha: Float
  ) -> LossSum {
    let (classes, size) = (weight.shape.rows, weight.shape.columns)
    precondition(
      x.shape == [2 * targets.count, size] && alpha >= 0
        && targets.allSatisfy { 0..<classes ~= Int($0) },
      "rDropCrossEntropy: x \(x.shape), weight \(weight.shape), \(targets.count) targets, alpha \(alpha)")
    let operation = begin("output layer and loss", flop: 2 * x.shape.count * classes)
    let chunk = min(max(targets.count, 1), rowsPerChunk(classes: classes) / 2)
    let chunks = TwinChunks(
      x: x, joined: makeBuffer(2 * chunk * size), logits: makeBuffer(2 * chunk * classes), classes: classes)
    let (w, b) = (tensor(weight), bias.map { tensor($0) })
    var sum = LossSum(tokens: targets.count)
    for first in stride(from: 0, to: targets.count, by: chunk) {
      let range = first..<min(first + chunk, targets.count)
      let (inputs, logits) = chunks.join(range)
      multiplier.project(inputs, weight: weight, w.matrix, bias: b?.values, to: logits)
      sum += chunks.loss(
        targets[range], smoothing: smoothing, alpha: alpha, withGradient: mode == .training)
      guard mode == .training else { continue }
      addDerivative(of: operation) {
        if let dx = x.gradientMatrix {
          for (pass, rows) in chunks.passes(of: range).enumerated() {
            let half = logits.rows(pass * range.count..<(pass + 1) * range.count)
            multiplier.addProduct(half, weight: weight, w.matrix, to: dx.rows(rows))
          }
        }
        if let dw = w.gradientMatrix { multiplier.addProduct(logits.transposed, inputs, to: dw) }
        if let db = b?.gradient { rows_sum(db, chunks.logits, 2 * range.count, classes) }
      }
    }
    end(operation)
    return sum
  }
}

/// The same rows of both passes side by side, so that one product reads the weights for both.
private struct TwinChunks {
  let x: Tensor
  let joined: UnsafeMutablePointer<Float>
  let logits: UnsafeMutablePointer<Float>
  let classes: Int

  /// The rows of these targets in `x`: in the first pass and in the second.
  func passes(of range: Range<Int>) -> [Range<Int>] {
    let count = x.shape.rows / 2
    return [range, range.lowerBound + count..<range.upperBound + count]
  }

  /// The inputs of both passes, and room for their logits.
  func join(_ range: Range<Int>) -> (inputs: Matrix, logits: Matrix) {
    let size = x.shape.columns
    for (pass, rows) in passes(of: range).enumerated() {
      (joined + pass * range.count * size).update(
        from: x.values + rows.lowerBound * size, count: range.count * size)
    }
    return (
      Matrix(joined, rows: 2 * range.count, columns: size),
      Matrix(logits, rows: 2 * range.count, columns: classes)
    )
  }

  /// The loss of the logits, which are overwritten by their gradient.
  func loss(_ targets: ArraySlice<Int32>, smoothing: Float, alpha: Float, withGradient: Bool) -> LossSum {
    var (likelihood, divergence) = (0.0, 0.0)
    let loss = targets.withUnsafeBufferPointer {
      r_drop_cross_entropy(
        logits, logits + $0.count * classes, $0.baseAddress, $0.count, classes, smoothing, alpha,
        withGradient ? 1 : 0, &likelihood, &divergence)
    }
    return LossSum(loss: loss, negativeLogLikelihood: likelihood, divergence: divergence)
  }
}

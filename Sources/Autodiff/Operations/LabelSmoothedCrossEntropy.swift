private import CKernels
public import Tensors

extension Tape {
  /// The output layer with its loss: logits `x · Wᵀ + b`, then label-smoothed cross-entropy summed over rows.
  ///
  /// loss = -(1 - ε) · log p[target] - ε / V · Σ log p. The logits of a whole batch would be the largest thing in
  /// memory, so they are computed and discarded in chunks that stay in the cache, and their gradient overwrites them.
  /// The loss is the root of the backward pass: its derivatives are added immediately, and ``backward()`` continues
  /// from `x`.
  ///
  /// - Parameters:
  ///   - x: decoder output, shape `[rows, size]`.
  ///   - weight: the output embedding, shape `[vocabularySize, size]`.
  ///   - bias: shape `[vocabularySize]`, or nil for none.
  ///   - targets: the correct token of each row.
  ///   - smoothing: ε, `0 ..< 1`; typically 0.1.
  /// - Returns: sums over the rows, not divided by the number of tokens, which only the whole batch knows.
  /// - Complexity: 6 · rows · size · vocabularySize FLOP in training.
  ///
  /// Source: Szegedy et al. 2016, section 7; Vaswani et al. 2017, section 5.4.
  public func labelSmoothedCrossEntropy(
    _ x: Tensor, weight: Parameter, bias: Parameter? = nil, targets: [Int32], smoothing: Float
  ) -> LossSum {
    let (rows, classes) = (x.shape.rows, weight.shape.rows)
    precondition(
      targets.count == rows && weight.shape.columns == x.shape.columns
        && targets.allSatisfy { 0..<classes ~= Int($0) },
      "labelSmoothedCrossEntropy: x \(x.shape), weight \(weight.shape), \(targets.count) targets")
    let operation = begin("output layer and loss", flop: 2 * rows * x.shape.columns * classes)
    let (w, b) = (tensor(weight), bias.map { tensor($0) })
    let chunk = min(max(rows, 1), rowsPerChunk(classes: classes))
    let logits = makeBuffer(chunk * classes)
    var sum = LossSum(tokens: rows)
    for first in stride(from: 0, to: rows, by: chunk) {
      let range = first..<min(first + chunk, rows)
      let matrix = Matrix(logits, rows: range.count, columns: classes)
      multiplier.project(x.matrix.rows(range), weight: weight, w.matrix, bias: b?.values, to: matrix)
      var likelihood = 0.0
      sum.loss += targets.withUnsafeBufferPointer { targets in
        cross_entropy(
          logits, targets.baseAddress.map { $0 + first }, range.count, classes, smoothing,
          mode == .training ? 1 : 0, &likelihood)
      }
      sum.negativeLogLikelihood += likelihood
      guard mode == .training else { continue }
      addDerivative(of: operation) {
        if let dx = x.gradientMatrix {
          multiplier.addProduct(matrix, weight: weight, w.matrix, to: dx.rows(range))
        }
        if let dw = w.gradientMatrix {
          multiplier.addProduct(matrix.transposed, x.matrix.rows(range), to: dw)
        }
        if let db = b?.gradient { rows_sum(db, logits, range.count, classes) }
      }
    }
    end(operation)
    return sum
  }
}

/// The number of rows of logits in memory at a time: few enough for the cache, enough for a fast product.
package func rowsPerChunk(classes: Int) -> Int { max(16, logitsPerChunk / classes) }

private let logitsPerChunk = 1 << 21

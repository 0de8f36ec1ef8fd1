private import CKernels
public import Tensors

extension Tape {
  /// The affine map `y = x · Wᵀ + b`, row by row.
  ///
  /// - Parameters:
  ///   - x: inputs, shape `[rows, inputSize]`.
  ///   - weight: `W`, shape `[outputSize, inputSize]`.
  ///   - bias: `b`, shape `[outputSize]`, or nil for none.
  /// - Returns: `y`, shape `[rows, outputSize]`.
  /// - Precondition: the shapes agree; they come from the model, so a mismatch is a bug, not an error.
  /// - Complexity: 2 · rows · inputSize · outputSize FLOP forward, twice that backward.
  public func linear(_ x: Tensor, weight: Parameter, bias: Parameter?) -> Tensor {
    precondition(
      weight.shape.columns == x.shape.columns && (bias.map { $0.shape.count == weight.shape.rows } ?? true),
      "linear: x \(x.shape), weight \(weight.shape), bias \(bias?.shape.description ?? "none")")
    let operation = begin(
      "linear", from: x.shape.columns, to: weight.shape.rows,
      flop: 2 * x.shape.rows * x.shape.columns * weight.shape.rows)
    let y = makeTensor([x.shape.rows, weight.shape.rows])
    let b = bias.map { tensor($0) }
    if let packed {
      packed.multiply(x.values, rows: x.shape.rows, weight: weight, bias: b?.values, into: y.values)
      end(operation)
      return y
    }
    let w = tensor(weight)
    multiplier.project(x.matrix, weight: weight, w.matrix, bias: b?.values, to: y.matrix)

    record(operation) { [multiplier] in
      guard let dy = y.gradientMatrix else { return }
      if let dx = x.gradientTarget {
        multiplier.addProduct(
          dy, weight: weight, w.matrix,
          to: Matrix(dx.elements, rows: x.shape.rows, columns: x.shape.columns), accumulate: dx.accumulates)
      }
      if let dw = w.gradientMatrix { multiplier.addProduct(dy.transposed, x.matrix, to: dw) }
      if let db = b?.gradient { rows_sum(db, dy.elements, dy.rows, dy.columns) }
    }
    return y
  }
}

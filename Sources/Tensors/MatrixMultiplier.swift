private import CKernels

/// Matrix products in one precision, with their scratch memory.
///
/// Belongs to one thread, on which its products run.
package final class MatrixMultiplier {
  /// What factors are rounded to.
  package let precision: MatrixPrecision
  private let weights: RoundedWeights?
  private var scratch: UnsafeMutablePointer<Float>?
  private var scratchCount = 0

  /// A multiplier that has not allocated scratch memory yet.
  ///
  /// - Parameters:
  ///   - precision: of the factors.
  ///   - weights: rounded once for many products; if nil, each product rounds its weight again.
  /// - Precondition: `precision.problem` is nil.
  package init(_ precision: MatrixPrecision, weights: RoundedWeights? = nil) {
    precondition(precision.problem == nil, "MatrixMultiplier: \(precision.problem ?? "")")
    self.precision = precision
    self.weights = precision == .bfloat16 ? weights : nil
  }

  deinit { scratch?.deallocate() }

  /// `c += a · b` (with `accumulate` false: `c = a · b`).
  ///
  /// - Complexity: 2 · rows · inner · columns FLOP, like the other products.
  package func addProduct(_ a: Matrix, _ b: Matrix, to c: Matrix, accumulate: Bool = true) {
    guard precision == .bfloat16, a.columns > 0 else {
      return Tensors.addProduct(a, b, to: c, accumulate: accumulate)
    }
    multiply(a, b, packed: nil, bias: nil, to: c, accumulate: accumulate)
  }

  /// `y = x · Wᵀ + bias`, row by row.
  ///
  /// - Parameters:
  ///   - x: `[rows, inputs]`.
  ///   - weight: `W`, shape `[outputs, inputs]`, whose elements are in `matrix`.
  ///   - matrix: see `weight`.
  ///   - bias: `outputs` floats, or nil for none.
  ///   - y: overwritten, `[rows, outputs]`.
  package func project(
    _ x: Matrix, weight: Parameter, _ matrix: Matrix, bias: UnsafePointer<Float>?, to y: Matrix
  ) {
    guard precision == .bfloat16 else {
      if let bias { rows_fill(y.elements, bias, y.rows, y.columns) }
      return Tensors.addProduct(x, matrix.transposed, to: y, accumulate: bias != nil)
    }
    multiply(
      x, matrix.transposed, packed: weights?.packed(weight, transposed: true), bias: bias, to: y,
      accumulate: false)
  }

  /// `dx += dy · W` (with `accumulate` false: `dx = dy · W`): the derivative of
  /// ``project(_:weight:_:bias:to:)`` by `x`.
  ///
  /// - Parameters:
  ///   - dy: `[rows, outputs]`.
  ///   - weight: `W`, shape `[outputs, inputs]`, whose elements are in `matrix`.
  ///   - matrix: see `weight`.
  ///   - dx: `[rows, inputs]`.
  ///   - accumulate: whether to add to `dx`.
  package func addProduct(
    _ dy: Matrix, weight: Parameter, _ matrix: Matrix, to dx: Matrix, accumulate: Bool = true
  ) {
    guard precision == .bfloat16 else {
      return Tensors.addProduct(dy, matrix, to: dx, accumulate: accumulate)
    }
    multiply(
      dy, matrix, packed: weights?.packed(weight, transposed: false), bias: nil, to: dx,
      accumulate: accumulate)
  }

  private func multiply(
    _ a: Matrix, _ b: Matrix, packed: UnsafePointer<Float>?, bias: UnsafePointer<Float>?, to c: Matrix,
    accumulate: Bool
  ) {
    precondition(
      a.columns == b.rows && a.rows == c.rows && b.columns == c.columns && !c.isTransposed,
      "addProduct: [\(a.rows), \(a.columns)] · [\(b.rows), \(b.columns)] to [\(c.rows), \(c.columns)]")
    bfloat16_product(
      c.elements, c.stride, a.operand, b.operand, packed, bias, c.rows, c.columns, a.columns,
      accumulate ? 1 : 0, scratch(bfloat16_product_scratch(c.columns, a.columns)))
  }

  /// At least `count` uninitialized floats.
  private func scratch(_ count: Int) -> UnsafeMutablePointer<Float> {
    if let scratch, count <= scratchCount { return scratch }
    scratch?.deallocate()
    let larger = allocateAligned(count)
    (scratch, scratchCount) = (larger, count)
    return larger
  }
}

extension Matrix {
  fileprivate var operand: bfloat16_operand {
    bfloat16_operand(elements: elements, stride: stride, is_transposed: isTransposed ? 1 : 0)
  }
}

private import CKernels

/// Matrix products by one method, with their scratch memory.
///
/// Belongs to one thread, on which its products run.
package final class MatrixMultiplier {
  /// nil: by the matrix library.
  private let method: ProductMethod?
  /// The least rows, columns and inner elements of a product that ``method`` computes.
  private let smallestSide: Int
  private let weights: RoundedWeights?
  private var scratch: UnsafeMutablePointer<Float>?
  private var scratchCount = 0

  /// A multiplier that has not allocated scratch memory yet.
  ///
  /// - Parameters:
  ///   - precision: of the factors.
  ///   - float32: how products of float32 are computed. Those with a side below 16 are the library's in any case: tiles
  ///     would be mostly padding, and splitting the other factor would take longer than the product.
  ///   - weights: rounded once for many products; if nil, each product rounds its weight again.
  /// - Precondition: the `problem` of both settings is nil.
  package convenience init(
    _ precision: MatrixPrecision, float32: Float32Products = .library, weights: RoundedWeights? = nil
  ) {
    let problem = precision.problem ?? (precision == .float32 ? float32.problem : nil)
    precondition(problem == nil, "MatrixMultiplier: \(problem ?? "")")
    self.init(
      ProductMethod(precision, float32: float32), smallestSide: precision == .float32 ? 16 : 1,
      weights: weights)
  }

  /// A multiplier by a method, or by the matrix library.
  ///
  /// - Parameters:
  ///   - method: nil for the matrix library.
  ///   - smallestSide: products with fewer rows, columns or inner elements are the matrix library's.
  ///   - weights: rounded for the same method.
  package init(_ method: ProductMethod?, smallestSide: Int = 1, weights: RoundedWeights? = nil) {
    precondition(weights == nil || weights?.method == method, "MatrixMultiplier: weights of another method")
    (self.method, self.smallestSide, self.weights) = (method, smallestSide, weights)
  }

  deinit { scratch?.deallocate() }

  /// `c += a · b` (with `accumulate` false: `c = a · b`).
  ///
  /// - Complexity: 2 · rows · inner · columns FLOP, like the other products.
  package func addProduct(_ a: Matrix, _ b: Matrix, to c: Matrix, accumulate: Bool = true) {
    guard let method = method(for: a, c) else {
      return Tensors.addProduct(a, b, to: c, accumulate: accumulate)
    }
    multiply(method, a, b, packed: nil, bias: nil, to: c, accumulate: accumulate)
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
    guard let method = method(for: x, y) else {
      if let bias { rows_fill(y.elements, bias, y.rows, y.columns) }
      return Tensors.addProduct(x, matrix.transposed, to: y, accumulate: bias != nil)
    }
    multiply(
      method, x, matrix.transposed, packed: weights?.packed(weight, transposed: true), bias: bias, to: y,
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
    guard let method = method(for: dy, dx) else {
      return Tensors.addProduct(dy, matrix, to: dx, accumulate: accumulate)
    }
    multiply(
      method, dy, matrix, packed: weights?.packed(weight, transposed: false), bias: nil, to: dx,
      accumulate: accumulate)
  }

  /// The method for `c = a · b`; nil if the library computes it.
  private func method(for a: Matrix, _ c: Matrix) -> ProductMethod? {
    min(a.columns, c.rows, c.columns) >= smallestSide ? method : nil
  }

  private func multiply(
    _ method: ProductMethod, _ a: Matrix, _ b: Matrix, packed: UnsafePointer<Float>?,
    bias: UnsafePointer<Float>?, to c: Matrix,
    accumulate: Bool
  ) {
    precondition(
      a.columns == b.rows && a.rows == c.rows && b.columns == c.columns && !c.isTransposed,
      "addProduct: [\(a.rows), \(a.columns)] · [\(b.rows), \(b.columns)] to [\(c.rows), \(c.columns)]")
    bfloat16_product(
      method.inC, c.elements, c.stride, a.operand, b.operand, packed, bias, c.rows, c.columns, a.columns,
      accumulate ? 1 : 0, scratch(bfloat16_product_scratch(method.inC, c.columns, a.columns)))
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

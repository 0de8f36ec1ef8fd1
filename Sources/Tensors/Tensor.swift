/// A matrix of 32-bit floats in memory that an ``Arena`` or a ``FlatBuffer`` owns.
///
/// A handle: copying it does not copy the elements. It is valid until its arena is reset or its buffer freed, and
/// belongs to one thread.
@safe public struct Tensor {
  /// Extents of the values and of the gradient.
  public let shape: Shape
  /// The elements, row by row.
  @unsafe public let values: UnsafeMutablePointer<Float>
  private let derivatives: Derivatives

  /// Where a tensor's derivatives are stored.
  private enum Derivatives {
    case lasting(UnsafeMutablePointer<Float>?)
    case passing(PassingGradient)
  }

  /// The sums of the derivatives of the loss by each element; nil if they are not kept, or no longer.
  @unsafe public var gradient: UnsafeMutablePointer<Float>? {
    switch derivatives {
    case .lasting(let elements): unsafe elements
    case .passing(let gradient): unsafe gradient.elements
    }
  }

  /// The gradient for an operation that has a derivative for every element, which can overwrite it if nothing was added
  /// yet.
  package var gradientTarget: GradientTarget? {
    switch derivatives {
    case .lasting(let elements):
      unsafe elements.map { unsafe GradientTarget(elements: $0, accumulates: true) }
    case .passing(let gradient): gradient.target
    }
  }

  private init(shape: Shape, values: UnsafeMutablePointer<Float>, derivatives: Derivatives) {
    self.shape = shape
    unsafe self.values = values
    self.derivatives = derivatives
  }

  /// A handle to memory of at least `shape.count` floats.
  @unsafe public init(
    shape: Shape, values: UnsafeMutablePointer<Float>, gradient: UnsafeMutablePointer<Float>? = nil
  ) {
    self.shape = shape
    unsafe self.values = values
    unsafe derivatives = .lasting(gradient)
  }

  /// A handle with a gradient that takes up memory only while it is needed.
  @unsafe package init(shape: Shape, values: UnsafeMutablePointer<Float>, gradient: PassingGradient) {
    self.shape = shape
    unsafe self.values = values
    derivatives = .passing(gradient)
  }

  /// The same elements in rows of another length; nothing is copied, and both share one gradient.
  ///
  /// - Precondition: the number of elements stays the same.
  public func reshaped(_ shape: Shape) -> Tensor {
    precondition(shape.count == self.shape.count, "reshaped: \(self.shape) to \(shape)")
    return unsafe Tensor(shape: shape, values: values, derivatives: derivatives)
  }

  /// A copy of the elements, row by row.
  public var array: [Float] {
    unsafe Array(UnsafeBufferPointer(start: values, count: shape.count))
  }

  /// A copy of the gradient, or nil if none is kept.
  public var gradientArray: [Float]? {
    unsafe gradient.map { unsafe Array(UnsafeBufferPointer(start: $0, count: shape.count)) }
  }

  /// The only element of a 1 × 1 tensor.
  public var scalar: Float {
    precondition(shape.count == 1, "scalar: shape \(shape)")
    return unsafe values[0]
  }

  /// Overwrites the elements.
  ///
  /// - Precondition: as many elements as the shape has.
  public func fill(with elements: [Float]) {
    precondition(elements.count == shape.count, "fill: \(elements.count) elements for \(shape)")
    unsafe values.update(from: elements, count: elements.count)
  }

  /// The values as an operand of a matrix product.
  package var matrix: Matrix { unsafe Matrix(values, rows: shape.rows, columns: shape.columns) }

  /// The gradient as an operand of a matrix product.
  package var gradientMatrix: Matrix? {
    unsafe gradient.map { unsafe Matrix($0, rows: shape.rows, columns: shape.columns) }
  }
}

/// The order in which a tensor's elements are stored.
package enum ElementOrder: Sendable, Equatable {
  /// The last axis varies fastest, as in C.
  case rowMajor
  /// The first axis varies fastest, as in Fortran: a matrix is stored as its transpose.
  case columnMajor
  /// The element at indices i is at `offset` + Σ i·strides, counted in elements.
  case strided([Int], offset: Int)

  /// Moves elements from this order to row-major order.
  ///
  /// - Parameters:
  ///   - stored: the elements as stored.
  ///   - shape: the extents of the axes.
  /// - Returns: as many elements as the shape has.
  /// - Precondition: every index of the shape is in `stored`.
  func rowMajor<Number>(_ stored: [Number], shape: [Int]) -> [Number] {
    var (strides, offset) = ([Int](), 0)
    switch self {
    case .rowMajor: return stored
    case .columnMajor:
      var stride = 1
      for extent in shape {
        strides.append(stride)
        stride *= extent
      }
    case .strided(let given, let start): (strides, offset) = (given, start)
    }
    guard !shape.contains(0) else { return [] }
    guard let last = shape.last, let step = strides.last else { return [stored[offset]] }
    var result: [Number] = []
    result.reserveCapacity(shape.reduce(1, *))
    var indices = [Int](repeating: 0, count: shape.count - 1)
    while true {
      let start = zip(indices, strides).reduce(offset) { $0 + $1.0 * $1.1 }
      for index in 0..<last { result.append(stored[start + index * step]) }
      guard let axis = indices.indices.last(where: { indices[$0] + 1 < shape[$0] }) else { return result }
      indices[axis] += 1
      for later in indices.indices where later > axis { indices[later] = 0 }
    }
  }
}

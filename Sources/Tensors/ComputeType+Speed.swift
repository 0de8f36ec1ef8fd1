private import Synchronization

extension ComputeType {
  /// The type in which this machine computes a small product faster.
  ///
  /// Measured, since the instructions that a processor has do not tell how fast they are: a few rows, as in a step of a
  /// search, by a square matrix. A result is kept for the process.
  ///
  /// - Parameter size: rows and columns of the matrix.
  /// - Returns: the type with the shorter time.
  package static func faster(size: Int) -> ComputeType {
    measured.withLock { known in
      if let type = known[size] { return type }
      let products = [ComputeType.float32, .int8].map { ProductTimer(size: size, compute: $0) }
      // Alternating, so that what else the machine does affects both; the shortest times count.
      var shortest = [Duration](repeating: .seconds(1), count: products.count)
      for _ in 0..<5 {
        for (index, product) in products.enumerated() {
          shortest[index] = min(shortest[index], product.time())
        }
      }
      let type = shortest[1] < shortest[0] ? ComputeType.int8 : .float32
      known[size] = type
      return type
    }
  }

  private static let measured = Mutex<[Int: ComputeType]>([:])
}

/// A product to measure, with operands of its own.
private struct ProductTimer {
  private let products: PackedProducts
  private let weight: Parameter
  private let x: FlatBuffer
  private let y: FlatBuffer
  private static let rows = 8

  init(size: Int, compute: ComputeType) {
    var builder = ParameterBuilder()
    weight = builder.matrix("weight", size, size, .constant(0))
    // Zeros take as long as other numbers.
    products = PackedProducts(FlatBuffer(count: size * size), compute: compute)
    (x, y) = (FlatBuffer(count: Self.rows * size), FlatBuffer(count: Self.rows * size))
    // Packs the weight.
    multiply()
  }

  private func multiply() {
    products.multiply(x.elements, rows: Self.rows, weight: weight, bias: nil, into: y.elements)
  }

  /// The time of some products.
  func time() -> Duration {
    ContinuousClock().measure { for _ in 0..<20 { multiply() } }
  }
}

private import CKernels

/// Some rows of a matrix, rearranged for products that have only these outputs.
///
/// Outputs have the same bits as in a product with the whole matrix. A handle to memory of a tape: valid until that is
/// reset, and for one thread.
@safe public struct ShortlistedWeights {
  /// The rows of the matrix.
  public let rows: [Int32]
  /// The number of columns of the matrix.
  public let inputs: Int
  private let packed: Packed
  private let bias: UnsafePointer<Float>?

  /// The rows in the order in which products read them.
  enum Packed {
    case floats(UnsafePointer<Float>)
    case bytes(PackedBytes)
  }

  init(rows: [Int32], inputs: Int, packed: Packed, bias: UnsafePointer<Float>?) {
    (self.rows, self.inputs, self.packed, self.bias) = (rows, inputs, packed, bias)
  }

  /// The number of outputs.
  public var count: Int { rows.count }

  /// `y = x · weightᵀ + bias` for these rows of the weight and elements of the bias.
  ///
  /// - Parameters:
  ///   - x: `count` rows of ``inputs`` floats.
  ///   - count: rows of `x` and of `y`.
  ///   - y: overwritten, `count` rows of ``count`` floats.
  package func multiply(_ x: UnsafePointer<Float>, rows count: Int, into y: UnsafeMutablePointer<Float>) {
    switch packed {
    case .floats(let packed): product_packed(y, x, packed, bias, count, self.count, inputs)
    case .bytes(let packed): packed.multiply(x, rows: count, bias: bias, into: y)
    }
  }
}

extension ModelWeights {
  /// Rows of a matrix as 32-bit floats in the order in which products read them.
  func pack(
    _ rows: [Int32], of weight: Parameter, allocate: (Int) -> UnsafeMutablePointer<Float>
  ) -> UnsafePointer<Float> {
    let inputs = weight.shape.columns
    let packed = allocate(product_packed_size(rows.count, inputs))
    if let elements = elements(of: weight) {
      product_pack_rows(packed, elements, rows, rows.count, inputs)
      return UnsafePointer(packed)
    }
    // Some rows at a time, so that their conversion stays in the cache.
    let step = product_packed_size(1, 1)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: step * inputs) { part in
      guard let start = part.baseAddress else { return }
      for first in stride(from: 0, to: rows.count, by: step) {
        let some = rows[first..<min(first + step, rows.count)]
        for (place, row) in some.enumerated() {
          copy(weight.rows(Int(row)..<Int(row) + 1).range, to: start + place * inputs)
        }
        product_pack(packed + first * inputs, start, some.count, inputs)
      }
    }
    return UnsafePointer(packed)
  }
}

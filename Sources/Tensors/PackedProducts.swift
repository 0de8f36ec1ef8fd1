private import CKernels
private import Synchronization

/// Weights rearranged for inference, each on its first use; those that are not stored as float32 are converted then.
///
/// A product over packed weights sums every element in an order that depends only on the inner size, so a row's result
/// has the same bits whatever the other rows are. Translations therefore depend neither on batch size nor on threads.
public final class PackedProducts: Sendable {
  /// A packed weight.
  ///
  /// - Safety: `@unchecked Sendable`: `elements` is written before it is published under the lock, never afterwards.
  private struct Packed: @unchecked Sendable {
    let elements: UnsafeMutablePointer<Float>
  }

  private let weights: ModelWeights
  private let packed = Mutex(ParameterTable<Packed>())
  private let screened: ScreenedWeights
  /// Products of bytes; nil to compute in float32.
  private let byteProducts: ByteProducts?

  /// Products with the given weights, which must not change afterwards.
  ///
  /// - Parameters:
  ///   - weights: of any type.
  ///   - compute: what products compute with, except those whose weight has elements that are not finite.
  public init(_ weights: ModelWeights, compute: ComputeType = .float32) {
    self.weights = weights
    screened = ScreenedWeights(weights)
    byteProducts = compute == .int8 ? ByteProducts(weights) : nil
  }

  /// Products with float32 weights, which must not change afterwards.
  public convenience init(_ parameters: FlatBuffer, compute: ComputeType = .float32) {
    self.init(ModelWeights(parameters), compute: compute)
  }

  deinit { packed.withLock { for item in $0.values { item.elements.deallocate() } } }

  /// What products compute with.
  public var compute: ComputeType { byteProducts == nil ? .float32 : .int8 }

  /// `y = x · weightᵀ + bias`, row by row.
  ///
  /// - Parameters:
  ///   - x: `rows` rows of `weight.shape.columns` floats.
  ///   - rows: rows of `x` and of `y`.
  ///   - weight: a matrix, shape `[outputs, inputs]`; packed on its first use.
  ///   - bias: `weight.shape.rows` floats, or nil for none.
  ///   - y: overwritten, `rows` rows of `weight.shape.rows` floats.
  package func multiply(
    _ x: UnsafePointer<Float>, rows: Int, weight: Parameter, bias: UnsafePointer<Float>?,
    into y: UnsafeMutablePointer<Float>
  ) {
    if let byteProducts, byteProducts.multiply(x, rows: rows, weight: weight, bias: bias, into: y) { return }
    product_packed(y, x, elements(weight), bias, rows, weight.shape.rows, weight.shape.columns)
  }

  /// The index of the greatest element of each row of `x · weightᵀ`, without computing all elements if the processor
  /// allows it.
  ///
  /// - Parameters:
  ///   - x: `rows` rows of `weight.shape.columns` floats.
  ///   - rows: rows of `x`.
  ///   - weight: a matrix, shape `[outputs, inputs]`; packed on its first use.
  ///   - excluded: for each row, a bit for each of the first 16 outputs that is excluded.
  ///   - isScreened: whether bounds may be used; if false, all elements are computed on every processor.
  /// - Returns: an output for each row, the first of equals; -1 if its greatest element is not finite or all are
  ///   excluded.
  package func greatestOutputs(
    _ x: UnsafePointer<Float>, rows: Int, weight: Parameter, excluding excluded: [UInt16],
    isScreened: Bool = true
  ) -> [Int32] {
    precondition(excluded.count == rows, "greatestOutputs: \(rows) rows, \(excluded.count) exclusions")
    if let byteProducts,
      let found = byteProducts.greatestOutputs(x, rows: rows, weight: weight, excluding: excluded)
    {
      return found
    }
    if isScreened, ScreenedWeights.isSupported,
      let found = screened.greatestOutputs(x, rows: rows, weight: weight, excluding: excluded)
    {
      return found
    }
    let (outputs, inputs) = (weight.shape.rows, weight.shape.columns)
    var result: [Int32] = []
    // As many rows at a time as a product needs to be fast.
    var y = [Float](repeating: 0, count: min(rows, 16) * outputs)
    for first in stride(from: 0, to: rows, by: 16) {
      let count = min(16, rows - first)
      multiply(x + first * inputs, rows: count, weight: weight, bias: nil, into: &y)
      for row in 0..<count {
        for output in 0..<min(16, outputs) where excluded[first + row] >> output & 1 == 1 {
          y[row * outputs + output] = -.infinity
        }
        let elements = y.span.extracting(row * outputs..<(row + 1) * outputs)
        result.append(elements.indexOfGreatest ?? -1)
      }
    }
    return result
  }

  private func elements(_ weight: Parameter) -> UnsafeMutablePointer<Float> {
    packed.withLock { known -> Packed in
      if let item = known[weight] { return item }
      let columns = weight.shape.columns
      let item = Packed(elements: allocateAligned(product_packed_size(weight.shape.rows, columns)))
      weights.forEachPart(of: weight, rowsInMultiplesOf: product_packed_size(1, 1)) { floats, rows in
        product_pack(item.elements + rows.lowerBound * columns, floats, rows.count, columns)
      }
      weights.releasePages(of: weight)
      known[weight] = item
      return item
    }.elements
  }
}

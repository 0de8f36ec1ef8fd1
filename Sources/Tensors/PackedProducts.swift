private import CKernels
private import Synchronization

/// Weights rearranged for inference, each on its first use.
///
/// A product over packed weights adds up every element in an order that depends on the inner size alone:
/// a row's result is the same bits whichever rows stand beside it. So a translation depends neither on
/// batch size nor on threads.
public final class PackedProducts: Sendable {
  private struct Packed: @unchecked Sendable {
    // Written before it is published under the lock, never after.
    let elements: UnsafeMutablePointer<Float>
  }

  private let parameters: FlatBuffer
  private let packed = Mutex<[Int: Packed]>([:])

  /// Weights of the given buffer, which must not change any more.
  public init(_ parameters: FlatBuffer) { self.parameters = parameters }

  deinit { packed.withLock { for item in $0.values { item.elements.deallocate() } } }

  /// `y = x · weightᵀ + bias`, row by row.
  ///
  /// - Parameters:
  ///   - x: `rows` rows of `weight.shape.columns` floats.
  ///   - rows: rows of `x` and of `y`.
  ///   - weight: a matrix of the buffer, shape `[outputs, inputs]`; packed on its first use.
  ///   - bias: `weight.shape.rows` floats, or nil for none.
  ///   - y: overwritten, `rows` rows of `weight.shape.rows` floats.
  package func multiply(
    _ x: UnsafePointer<Float>, rows: Int, weight: Parameter, bias: UnsafePointer<Float>?,
    into y: UnsafeMutablePointer<Float>
  ) {
    product_packed(y, x, elements(weight), bias, rows, weight.shape.rows, weight.shape.columns)
  }

  private func elements(_ weight: Parameter) -> UnsafeMutablePointer<Float> {
    packed.withLock { known -> Packed in
      if let item = known[weight.offset] { return item }
      let item = Packed(
        elements: allocateAligned(product_packed_size(weight.shape.rows, weight.shape.columns)))
      product_pack(
        item.elements, parameters.elements + weight.offset, weight.shape.rows, weight.shape.columns)
      known[weight.offset] = item
      return item
    }.elements
  }
}

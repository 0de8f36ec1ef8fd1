private import CKernels
private import Synchronization

/// A model's weights rounded to bfloat16, or split into three, in the order in which products read them.
///
/// All shards of an update, and all pieces of a shard, multiply by the same weights, so each weight is rounded once for
/// all of them, when a product first needs it.
public final class RoundedWeights: Sendable {
  /// A weight is transposed in the forward pass but not in the backward pass, so there are two orders.
  fileprivate struct Use: Hashable {
    let weight: Parameter
    let isTransposed: Bool
  }

  /// A rounded weight.
  ///
  /// - Safety: `@unchecked Sendable`: `elements` is written before it is published under the lock, and in `refreshes`,
  ///   while no product runs.
  private struct Packed: @unchecked Sendable {
    let elements: UnsafeMutablePointer<Float>
  }

  let method: ProductMethod
  private let parameters: FlatBuffer
  private let known = Mutex<[Use: Packed]>([:])

  /// Weights of the given buffer; nil if the matrix library computes the products, since it packs factors itself.
  ///
  /// - Parameters:
  ///   - parameters: the weights.
  ///   - precision: of the factors of products.
  ///   - float32: how products of float32 are computed.
  /// - Precondition: the `problem` of both settings is nil.
  public convenience init?(
    _ parameters: FlatBuffer, _ precision: MatrixPrecision, float32: Float32Products = .library
  ) {
    guard let method = ProductMethod(precision, float32: float32) else { return nil }
    self.init(parameters, method)
  }

  /// Weights of the given buffer, for products by a method.
  package init(_ parameters: FlatBuffer, _ method: ProductMethod) {
    (self.parameters, self.method) = (parameters, method)
  }

  deinit { known.withLock { for item in $0.values { item.elements.deallocate() } } }

  /// A weight as the right factor, rounded at its first use or last refresh.
  func packed(_ weight: Parameter, transposed: Bool) -> UnsafePointer<Float> {
    let use = Use(weight: weight, isTransposed: transposed)
    let found = known.withLock { known -> Packed in
      if let packed = known[use] { return packed }
      let packed = Packed(
        elements: allocateAligned(bfloat16_packed_size(method.inC, use.columns, use.inner)))
      use.pack(parameters, method, to: packed.elements)
      known[use] = packed
      return packed
    }
    return UnsafePointer(found.elements)
  }

  /// The work to do when the weights have changed, in independent pieces, the longest first.
  ///
  /// - Precondition: no product runs at the same time.
  public var refreshes: [@Sendable () -> Void] {
    known.withLock { known in
      known.sorted {
        ($0.key.weight.shape.count, $0.key.weight.offset) > ($1.key.weight.shape.count, $1.key.weight.offset)
      }
      .map { use, packed in { [parameters, method] in use.pack(parameters, method, to: packed.elements) } }
    }
  }
}

extension RoundedWeights.Use {
  fileprivate var columns: Int { isTransposed ? weight.shape.rows : weight.shape.columns }
  fileprivate var inner: Int { isTransposed ? weight.shape.columns : weight.shape.rows }

  fileprivate func pack(
    _ parameters: FlatBuffer, _ method: ProductMethod, to packed: UnsafeMutablePointer<Float>
  ) {
    bfloat16_pack(
      method.inC, packed,
      bfloat16_operand(
        elements: parameters.elements + weight.offset, stride: weight.shape.columns,
        is_transposed: isTransposed ? 1 : 0), columns, inner)
  }
}

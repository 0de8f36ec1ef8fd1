private import CKernels
private import Synchronization

/// A model's weights rounded to bfloat16, in the order in which products read them.
///
/// All shards of an update, and all pieces of a shard, multiply by the same weights: they are rounded once for
/// all. Weights come to be known when a product first asks for them.
public final class RoundedWeights: Sendable {
  /// A weight forward is transposed, backward it is not: two orders.
  fileprivate struct Use: Hashable {
    let weight: Parameter
    let isTransposed: Bool
  }

  private struct Packed: @unchecked Sendable {
    // Written before it is published under the lock, and in `refresh`, beside which nothing is multiplied.
    let elements: UnsafeMutablePointer<Float>
  }

  private let parameters: FlatBuffer
  private let known = Mutex<[Use: Packed]>([:])

  /// Weights of the given buffer.
  public init(_ parameters: FlatBuffer) { self.parameters = parameters }

  deinit { known.withLock { for item in $0.values { item.elements.deallocate() } } }

  /// A weight as a factor on the right, rounded when it was first asked for or last refreshed.
  func packed(_ weight: Parameter, transposed: Bool) -> UnsafePointer<Float> {
    let use = Use(weight: weight, isTransposed: transposed)
    let found = known.withLock { known -> Packed in
      if let packed = known[use] { return packed }
      let packed = Packed(
        elements: allocateAligned(bfloat16_packed_size(use.columns, use.inner)))
      use.pack(parameters, to: packed.elements)
      known[use] = packed
      return packed
    }
    return UnsafePointer(found.elements)
  }

  /// What is to be done when the weights have changed: independent pieces of work, the longest first.
  ///
  /// - Precondition: no product runs beside them.
  public var refreshes: [@Sendable () -> Void] {
    known.withLock { known in
      known.sorted {
        ($0.key.weight.shape.count, $0.key.weight.offset) > ($1.key.weight.shape.count, $1.key.weight.offset)
      }
      .map { use, packed in { [parameters] in use.pack(parameters, to: packed.elements) } }
    }
  }
}

extension RoundedWeights.Use {
  fileprivate var columns: Int { isTransposed ? weight.shape.rows : weight.shape.columns }
  fileprivate var inner: Int { isTransposed ? weight.shape.columns : weight.shape.rows }

  fileprivate func pack(_ parameters: FlatBuffer, to packed: UnsafeMutablePointer<Float>) {
    bfloat16_pack(
      packed,
      bfloat16_operand(
        elements: parameters.elements + weight.offset, stride: weight.shape.columns,
        is_transposed: isTransposed ? 1 : 0), columns, inner)
  }
}

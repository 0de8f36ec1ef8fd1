private import CKernels
private import Synchronization

/// Weights of bytes in the order in which products read them, each prepared on its first use.
///
/// Weights that are stored as int8 are used as they are; others are rounded, see ``WeightValues``.
final class ByteProducts: Sendable {
  /// A packed weight; nil if it cannot be rounded to bytes.
  ///
  /// - Safety: `@unchecked Sendable`: the memory is written before it is published under the lock, never afterwards.
  private struct Packed: @unchecked Sendable {
    let bytes: UnsafeMutableRawPointer?
  }

  private let weights: ModelWeights
  private let packed = Mutex(ParameterTable<Packed>())

  init(_ weights: ModelWeights) { self.weights = weights }

  deinit { packed.withLock { for item in $0.values { item.bytes?.deallocate() } } }

  /// `y = x · weightᵀ + bias`, row by row, as ``PackedProducts/multiply(_:rows:weight:bias:into:)``.
  ///
  /// - Returns: whether there is a result; false if the weight is not finite or too wide for exact sums.
  func multiply(
    _ x: UnsafePointer<Float>, rows: Int, weight: Parameter, bias: UnsafePointer<Float>?,
    into y: UnsafeMutablePointer<Float>
  ) -> Bool {
    guard let bytes = bytes(of: weight) else { return false }
    let (outputs, inputs) = (weight.shape.rows, weight.shape.columns)
    withUnsafeTemporaryAllocation(byteCount: int8_scratch(rows, inputs), alignment: 64) { scratch in
      int8_product(kernel, y, x, bytes, bias, rows, outputs, inputs, scratch.baseAddress)
    }
    return true
  }

  /// The index of the greatest element of each row of `x · weightᵀ`, as
  /// ``PackedProducts/greatestOutputs(_:rows:weight:excluding:isScreened:)``.
  ///
  /// - Returns: nil if the weight is not finite or too wide for exact sums.
  func greatestOutputs(
    _ x: UnsafePointer<Float>, rows: Int, weight: Parameter, excluding excluded: [UInt16]
  ) -> [Int32]? {
    guard let bytes = bytes(of: weight) else { return nil }
    let (outputs, inputs) = (weight.shape.rows, weight.shape.columns)
    return withUnsafeTemporaryAllocation(byteCount: int8_scratch(rows, inputs), alignment: 64) { scratch in
      Array(unsafeUninitializedCapacity: rows) { best, count in
        int8_best(
          kernel, best.baseAddress, x, bytes, rows, outputs, inputs, excluded, scratch.baseAddress)
        count = rows
      }
    }
  }

  private func bytes(of weight: Parameter) -> UnsafeMutableRawPointer? {
    packed.withLock { known -> Packed in
      if let item = known[weight] { return item }
      let item = Packed(bytes: pack(weight))
      weights.releasePages(of: weight)
      known[weight] = item
      return item
    }.bytes
  }

  private func pack(_ weight: Parameter) -> UnsafeMutableRawPointer? {
    let (outputs, inputs) = (weight.shape.rows, weight.shape.columns)
    guard inputs <= 65_536 else { return nil }
    return weights.withBytes(of: weight) { bytes, scales in
      let packed = allocateAligned(byteCount: int8_packed_size(outputs, inputs))
      int8_pack(packed, bytes, scales, outputs, inputs)
      return packed
    }
  }
}

private let kernel = int8_best_kernel()

/// The instructions that compute products of bytes on this processor.
package var byteKernelName: String {
  switch kernel {
  case INT8_AMX: "AMX-INT8"
  case INT8_AVX512_VNNI: "AVX512-VNNI"
  case INT8_AVX_VNNI: "AVX-VNNI"
  case INT8_AVX2: "AVX2"
  case INT8_NEON_DOT: "NEON dot product"
  case INT8_NEON: "NEON"
  default: "portable"
  }
}

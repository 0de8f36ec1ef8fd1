private import CKernels
private import Synchronization

/// Weights rounded to bytes, each on its first use, to find the greatest output of a row without computing all outputs.
///
/// Products of bytes bound every output from above and below. Only outputs that may be the greatest are computed,
/// exactly as in ``PackedProducts``, so the result is the same, including ties, for a quarter of the work.
///
/// Source: the bound is the Cauchy–Schwarz inequality for the rounding error; the search for the greatest inner product
/// by bounds follows Ram and Gray 2012, "Maximum Inner-Product Search using Cone Trees", section 3.
final class ScreenedWeights: Sendable {
  /// A weight rounded to bytes.
  ///
  /// - Safety: `@unchecked Sendable`: the memory is written before it is published under the lock, never afterwards.
  private struct Packed: @unchecked Sendable {
    /// The rounded weight; nil if it cannot be screened.
    let bytes: UnsafeMutableRawPointer?
    /// The weights as floats, for the outputs that are computed.
    let elements: UnsafePointer<Float>
    /// The owner of the memory of `elements`.
    let owner: any AnyObject & Sendable
  }

  private let weights: ModelWeights
  private let packed = Mutex(ParameterTable<Packed>())

  /// Whether this processor has the instructions for it.
  static let isSupported = screening_is_supported() != 0

  init(_ weights: ModelWeights) { self.weights = weights }

  deinit { packed.withLock { for item in $0.values { item.bytes?.deallocate() } } }

  /// The index of the greatest element of each row of `x · weightᵀ + bias`.
  ///
  /// - Parameters:
  ///   - x: `rows` rows of `weight.shape.columns` floats.
  ///   - rows: rows of `x`.
  ///   - weight: a matrix, shape `[outputs, inputs]`.
  ///   - bias: `weight.shape.rows` floats, or nil for none.
  ///   - excluded: for each row, a bit for each of the first 16 outputs that is excluded.
  /// - Returns: an output for each row, the first of equals, or -1 if its greatest element is not finite or all are
  ///   excluded; nil if these weights or this bias cannot be screened because they are not finite or too large.
  /// - Precondition: ``isSupported``.
  func greatestOutputs(
    _ x: UnsafePointer<Float>, rows: Int, weight: Parameter, bias: UnsafePointer<Float>?,
    excluding excluded: [UInt16]
  ) -> [Int32]? {
    let (outputs, inputs) = (weight.shape.rows, weight.shape.columns)
    let item = item(for: weight)
    guard let bytes = item.bytes else { return nil }
    return withUnsafeTemporaryAllocation(byteCount: screening_scratch(inputs), alignment: 64) { scratch in
      var isBounded = false
      let result = [Int32](unsafeUninitializedCapacity: rows) { best, count in
        isBounded =
          screening_best(
            best.baseAddress, x, bytes, item.elements, bias, rows, outputs, inputs, excluded,
            scratch.baseAddress) != 0
        count = isBounded ? rows : 0
      }
      return isBounded ? result : nil
    }
  }

  private func item(for weight: Parameter) -> Packed {
    packed.withLock { known -> Packed in
      if let item = known[weight] { return item }
      let item = pack(weight)
      known[weight] = item
      return item
    }
  }

  private func pack(_ weight: Parameter) -> Packed {
    let (outputs, inputs) = (weight.shape.rows, weight.shape.columns)
    let (elements, owner) = weights.floats(of: weight)
    let packed = weights.withBytes(of: weight) { bytes, scales -> UnsafeMutableRawPointer? in
      let packed = allocateAligned(byteCount: screening_packed_size(outputs, inputs))
      if screening_pack(packed, elements, bytes, scales, outputs, inputs) != 0 { return packed }
      packed.deallocate()
      return nil
    }
    return Packed(bytes: packed, elements: elements, owner: owner)
  }
}

private import CKernels
private import Synchronization

/// Weights rounded to bytes, each on its first use, with which the greatest output of a row is found without
/// computing all outputs.
///
/// Products of bytes bound every output from above and below; only those that may be the greatest are computed, and
/// computed as ``PackedProducts`` does. So the result is the same, ties included, for a quarter of the work.
///
/// Source: the bound is that of Cauchy and Schwarz on what rounding leaves; searching for the greatest inner product by
/// bounds is that of Ram and Gray 2012, "Maximum Inner-Product Search using Cone Trees", section 3.
final class ScreenedWeights: Sendable {
  private struct Packed: @unchecked Sendable {
    // Written before it is published under the lock, never after; nil where the weights cannot be screened.
    let bytes: UnsafeMutableRawPointer?
    /// The weights as floats, for the outputs that are computed.
    let elements: UnsafePointer<Float>
    /// What keeps `elements` in memory.
    let owner: FlatBuffer
  }

  private let weights: ModelWeights
  private let packed = Mutex<[Parameter: Packed]>([:])

  /// Whether this processor is faster with it.
  static let isSupported = screening_is_supported() != 0

  init(_ weights: ModelWeights) { self.weights = weights }

  deinit { packed.withLock { for item in $0.values { item.bytes?.deallocate() } } }

  /// The first of the greatest elements of each row of `x · weightᵀ`.
  ///
  /// - Parameters:
  ///   - x: `rows` rows of `weight.shape.columns` floats.
  ///   - rows: rows of `x`.
  ///   - weight: a matrix, shape `[outputs, inputs]`.
  ///   - excluded: for each row bits of those of the first 16 outputs that are passed over.
  /// - Returns: an output for each row, or -1 where its greatest element is not finite; nil where these weights cannot
  ///   be screened, since they are not finite themselves.
  /// - Precondition: ``isSupported``.
  func greatestOutputs(
    _ x: UnsafePointer<Float>, rows: Int, weight: Parameter, excluding excluded: [UInt16]
  ) -> [Int32]? {
    let (outputs, inputs) = (weight.shape.rows, weight.shape.columns)
    let item = item(for: weight)
    guard let bytes = item.bytes else { return nil }
    return withUnsafeTemporaryAllocation(byteCount: screening_scratch(inputs), alignment: 64) { scratch in
      Array(unsafeUninitializedCapacity: rows) { best, count in
        screening_best(
          best.baseAddress, x, bytes, item.elements, rows, outputs, inputs, excluded, scratch.baseAddress)
        count = rows
      }
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
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: screening_packed_size(outputs, inputs), alignment: 64)
    let isFinite = screening_pack(bytes, elements, outputs, inputs) != 0
    if !isFinite { bytes.deallocate() }
    return Packed(bytes: isFinite ? bytes : nil, elements: elements, owner: owner)
  }
}

private import CKernels

/// What the factors of matrix products are rounded to in training.
///
/// Sums are always float32, and so are weights, norms and element-wise operations.
public enum MatrixPrecision: String, Sendable, Codable, CaseIterable {
  /// Not rounded; see ``Float32Products``.
  case float32
  /// To 8 significant bits, with the range of float32; several times as fast on processors with AMX, and about twice on
  /// most with AVX512-BF16.
  ///
  /// Source: Kalamkar et al. 2019, "A Study of BFLOAT16 for Deep Learning Training".
  case bfloat16

  /// Why this processor cannot use it, as a clause; nil if it can.
  public var problem: String? {
    guard self == .bfloat16, bfloat16_is_supported() == 0 else { return nil }
    return "this processor has no instructions for products of bfloat16 (AMX or AVX512-BF16)"
  }
}

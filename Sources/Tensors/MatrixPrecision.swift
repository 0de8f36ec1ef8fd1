private import CKernels

/// What the factors of matrix products are rounded to in training.
///
/// Sums are always float32, and so are weights, norms and element-wise operations.
public enum MatrixPrecision: String, Sendable, Codable, CaseIterable {
  /// Not rounded; see ``Float32Products``.
  case float32
  /// To 8 significant bits, with the range of float32. About twice as fast on AMD processors with AVX512-BF16; others may
  /// be slower with it than without: so `--preset auto` measures it.
  ///
  /// Source: Kalamkar et al. 2019, "A Study of BFLOAT16 for Deep Learning Training".
  case bfloat16

  /// Why this processor cannot use it, as a clause; nil if it can.
  public var problem: String? {
    guard self == .bfloat16, bfloat16_is_supported() == 0 else { return nil }
    return "this processor has no instructions for products of bfloat16 (AMX or AVX512-BF16)"
  }
}

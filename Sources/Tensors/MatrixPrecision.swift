private import CKernels

/// What the factors of matrix products are rounded to in training.
///
/// Sums are float32 in any case, and so are weights, norms and everything element by element.
public enum MatrixPrecision: String, Sendable, Codable, CaseIterable {
  /// Not at all; products by OpenBLAS.
  case float32
  /// To 8 significant bits, with the range of float32; about twice as fast where the processor can.
  ///
  /// Source: Kalamkar et al. 2019, "A Study of BFLOAT16 for Deep Learning Training".
  case bfloat16

  /// What keeps this processor from it, as the rest of a sentence; nil where nothing does.
  public var problem: String? {
    guard self == .bfloat16, bfloat16_is_supported() == 0 else { return nil }
    return "this processor has no instructions for products of bfloat16 (AVX512-BF16)"
  }
}

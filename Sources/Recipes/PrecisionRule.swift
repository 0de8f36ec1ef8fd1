import Tensors

/// The precision of matrix products.
public enum PrecisionRule {
  /// `--precision`: bfloat16 if the processor has it.
  ///
  /// Scores differ from those of float32 by no more than with another seed, in 0.6 of the time.
  ///
  /// Source: Kalamkar et al. 2019, "A Study of BFLOAT16 for Deep Learning Training".
  public static func choice(hasBfloat16: Bool) -> Choice {
    let precision = hasBfloat16 ? MatrixPrecision.bfloat16 : .float32
    return Choice(
      "--precision", precision.rawValue,
      because: hasBfloat16
        ? "this processor multiplies it up to twice as fast" : "this processor has no bfloat16",
      source: "Kalamkar et al. 2019; measured")
  }
}

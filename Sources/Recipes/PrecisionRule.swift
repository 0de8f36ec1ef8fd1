import Tensors

/// What factors of matrix products are rounded to.
public enum PrecisionRule {
  /// `--precision`: bfloat16 where the processor has it.
  ///
  /// The scores are those of float32 within what another seed changes, in 0.6 of the time (README.md, "Numbers").
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

import Formatting
package import Tensors

/// The precision of matrix products.
public enum PrecisionRule {
  /// How many times as fast products of bfloat16 must be.
  ///
  /// Rounding the weights takes time, and a small difference is within the noise of the measurement.
  static let leastGain = 1.15

  /// `--precision`: bfloat16 if its products are measured to be clearly faster.
  ///
  /// Scores differ from those of float32 by no more than with another seed.
  ///
  /// Source: Kalamkar et al. 2019, "A Study of BFLOAT16 for Deep Learning Training".
  package static func choice(_ speed: ProductSpeed) -> Choice {
    Choice(
      "--precision", precision(speed).rawValue, because: reason(speed),
      source: "Kalamkar et al. 2019; measured")
  }

  /// The precision of ``choice(_:)``.
  package static func precision(_ speed: ProductSpeed) -> MatrixPrecision {
    (speed.gain ?? 0) >= leastGain ? .bfloat16 : .float32
  }

  private static func reason(_ speed: ProductSpeed) -> String {
    guard let gain = speed.gain else { return "this processor has no bfloat16" }
    let times =
      "products of bfloat16 are measured \(Readable.decimal(gain, 2)) times as fast as those of float32"
    return gain >= leastGain ? times : "\(times), and \(leastGain) is needed"
  }
}

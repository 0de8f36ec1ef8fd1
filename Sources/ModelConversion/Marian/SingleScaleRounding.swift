internal import RandomNumbers

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#endif

/// A matrix rounded to bytes with one multiplier, as Marian's int8 models have it.
///
/// A model that was imported from bytes and trained further has weights near the places that bytes can have, since training
/// moves most of them by less than a step. Rounded to the nearest, most would return to where they were, and what was
/// learned would be lost. Then a weight is rounded up or down at random, with probabilities that keep its mean. Weights
/// that lie anywhere between two steps are rounded to the nearest, which adds half as much noise.
///
/// Source: Gupta et al. 2015, "Deep Learning with Limited Numerical Precision", section 4, for stochastic rounding.
package struct SingleScaleRounding {
  /// From -127 to 127.
  package let bytes: [Int8]
  /// 127 divided by the greatest magnitude.
  package let multiplier: Float

  /// Rounds the numbers of a matrix.
  package init(_ values: [Float]) {
    let greatest = values.reduce(0) { max($0, abs($1)) }
    let multiplier = greatest > 0 ? 127 / greatest : 127
    self.multiplier = multiplier
    // The mean of this cosine is 1 if all weights are at steps, 0 if they are anywhere between them.
    let sum = values.reduce(0.0) { $0 + cos(2 * Double.pi * Double($1 * multiplier)) }
    let chance = 4 * (0.5 * Double(values.count)).squareRoot()
    let isNearSteps = sum > Self.gathered * Double(values.count) + chance
    bytes = values.enumerated().map { index, value in
      let scaled = value * multiplier
      let nearest = scaled.rounded(.toNearestOrEven)
      // Weights that were not moved differ only by errors of arithmetic.
      let isMoved = abs(scaled - nearest) > 1e-3
      let rounded = isNearSteps && isMoved ? (scaled + Self.uniform(index)).rounded(.down) : nearest
      return Int8(max(-127, min(127, rounded)))
    }
  }

  /// The least mean above chance.
  ///
  /// Weights moved by 0.45 of a step on average have it; those moved farther keep what they
  /// learned when they are rounded to the nearest.
  private static let gathered = 0.02

  /// A number from 0 to 1 that depends only on an index, so that rounding is reproducible.
  private static func uniform(_ index: Int) -> Float {
    let bits = SplitMix64.mix((UInt64(truncatingIfNeeded: index) &+ 1) &* SplitMix64.increment)
    return Float(bits >> 40) / Float(1 << 24)
  }
}

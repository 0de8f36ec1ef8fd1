internal import RandomNumbers

/// A matrix rounded to bytes with one multiplier, as Marian's int8 models have it.
///
/// A model that was imported from bytes and trained further has weights near the places that bytes can have, since training
/// moves most of them by less than a step. Rounded to the nearest, most would return to where they were, and what was
/// learned would be lost. Then a weight is rounded up or down at random, with probabilities by which its mean stays what it
/// is.
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
    // Of weights anywhere between two steps, the mean of this is 1/12.
    let error = values.reduce(0.0) { sum, value in
      let rest = value * multiplier - (value * multiplier).rounded(.toNearestOrEven)
      return sum + Double(rest * rest)
    }
    let isNearSteps = error > 0 && error < Self.nearSteps * Double(values.count)
    bytes = values.enumerated().map { index, value in
      let scaled = value * multiplier
      let nearest = scaled.rounded(.toNearestOrEven)
      // Weights that were not moved differ only by errors of arithmetic.
      let isMoved = abs(scaled - nearest) > 1e-3
      let rounded = isNearSteps && isMoved ? (scaled + Self.uniform(index)).rounded(.down) : nearest
      return Int8(max(-127, min(127, rounded)))
    }
  }

  private static let nearSteps = 0.06

  /// A number from 0 to 1 that depends only on an index, so that rounding is reproducible.
  private static func uniform(_ index: Int) -> Float {
    let bits = SplitMix64.mix((UInt64(truncatingIfNeeded: index) &+ 1) &* SplitMix64.increment)
    return Float(bits >> 40) / Float(1 << 24)
  }
}

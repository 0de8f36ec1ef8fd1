/// Sixteen scores side by side: what one turn of a loop over a row works on.
///
/// The compiler makes vector instructions of this type, but not of a plain loop that looks for a maximum.
typealias ScoreLanes = SIMD16<Float>

extension Span where Element == Float {
  /// The elements `index..<index + 16`.
  ///
  /// - Precondition: they lie within the span; the read itself does not check.
  @inline(__always)
  func lanes(at index: Int) -> ScoreLanes {
    precondition(index >= 0 && index &+ ScoreLanes.scalarCount <= count)
    return unsafe bytes.unsafeLoadUnaligned(
      fromUncheckedByteOffset: index &* MemoryLayout<Float>.stride, as: ScoreLanes.self)
  }
}

extension SIMD16<Float> {
  /// `exp(x)` of each lane for `x` ≤ 0, to a relative error of 2e-7.
  ///
  /// Below -87, and for NaN, the result is the smallest that a normal number can be: nothing, beside 1.
  /// `x = n · ln 2 + r`; a polynomial gives `exp(r)`, and `n` is added to the exponent's bits.
  @inline(__always)
  func exponential() -> Self {
    let floor = Self(repeating: -87)
    let x = floor.replacing(with: self, where: self .> floor)
    // Adding 1.5 · 2²³ rounds to a whole number, and leaves it in the lowest bits.
    let shifted = x * 1.442_695_04 + 12_582_912
    let whole = shifted - 12_582_912
    let rest = (x - whole * 0.693_359_375) + whole * 2.121_944_40e-4
    var sum = Self(repeating: 1.0 / 720)
    for coefficient: Float in [1.0 / 120, 1.0 / 24, 1.0 / 6, 1.0 / 2, 1, 1] {
      sum = sum * rest + coefficient
    }
    let bits = unsafe unsafeBitCast(shifted, to: SIMD16<UInt32>.self)
    return unsafe sum * unsafeBitCast((bits &+ 127) &<< 23, to: Self.self)
  }
}

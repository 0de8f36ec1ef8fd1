import RandomNumbers

/// Random numbers by position instead of order: the same position gives the same number, whatever was drawn before,
/// in any batch, on any thread.
///
/// The coordinates are hashed one after another with the mixing function of ``SplitMix64``.
struct RandomStream: Sendable {
  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  /// The number at a position, at least 0 and below 1, a multiple of 2⁻⁵³.
  func uniform(_ coordinates: Int...) -> Double {
    var state = SplitMix64.mix(seed)
    for coordinate in coordinates {
      // Adding the increment separates neighboring coordinates, and sequences of zeros of different lengths.
      state = SplitMix64.mix(state &+ SplitMix64.increment &+ UInt64(bitPattern: Int64(coordinate)))
    }
    return Double(state >> 11) * 0x1p-53
  }
}

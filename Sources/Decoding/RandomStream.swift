/// Random numbers by their place instead of their order: the same place gives the same number, whatever was
/// drawn before, in whatever batch, on whatever thread.
///
/// The coordinates go one after the other through the mixing function of SplitMix64.
///
/// Source: Steele, Lea & Flood 2014, "Fast Splittable Pseudorandom Number Generators", figure 17.
struct RandomStream: Sendable {
  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  /// The number at a place, at least 0 and below 1, in steps of 2⁻⁵³.
  func uniform(_ coordinates: Int...) -> Double {
    var state = Self.mix(seed)
    for coordinate in coordinates {
      // The odd constant moves neighboring coordinates far apart; adding it keeps 0, 0 and 0 apart.
      state = Self.mix(state &+ 0x9E37_79B9_7F4A_7C15 &+ UInt64(bitPattern: Int64(coordinate)))
    }
    return Double(state >> 11) * 0x1p-53
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

import RandomNumbers

/// Random numbers by their place instead of their order: the same place gives the same number, whatever was
/// drawn before, in whatever batch, on whatever thread.
///
/// The coordinates go one after the other through the mixing function of ``SplitMix64``.
struct RandomStream: Sendable {
  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  /// The number at a place, at least 0 and below 1, in steps of 2⁻⁵³.
  func uniform(_ coordinates: Int...) -> Double {
    var state = SplitMix64.mix(seed)
    for coordinate in coordinates {
      // The increment moves neighboring coordinates far apart; adding it keeps 0, 0 and 0 apart.
      state = SplitMix64.mix(state &+ SplitMix64.increment &+ UInt64(bitPattern: Int64(coordinate)))
    }
    return Double(state >> 11) * 0x1p-53
  }
}

/// Random numbers as a function of what they are for, not of when they are asked for.
///
/// A draw is a hash of (seed, update, shard, draw): the order in which threads run cannot show, and a
/// resumed run draws what the uninterrupted one would have drawn.
public struct RandomSource: Sendable, RandomNumberGenerator {
  private var state: UInt64

  /// The stream that belongs to the given coordinates, for example seed, update and shard.
  public init(_ coordinates: UInt64...) {
    state = coordinates.reduce(0x9E37_79B9_7F4A_7C15) { mix($0 ^ mix($1 &+ 0x9E37_79B9_7F4A_7C15)) }
  }

  /// The next 64 random bits.
  ///
  /// Source: SplitMix64, Steele et al. 2014, "Fast splittable pseudorandom number generators".
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return mix(state)
  }

  /// A number of the uniform distribution over `0 ..< 1`.
  public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// A number of the standard normal distribution (Box and Muller 1958).
  public mutating func normal() -> Float {
    let radius = (-2 * logarithm(1 - uniform())).squareRoot()
    return radius * cosine(2 * .pi * uniform())
  }
}

private func mix(_ value: UInt64) -> UInt64 {
  var z = value
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}

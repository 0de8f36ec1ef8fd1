import RandomNumbers

/// Random numbers as a function of what they are for, not of when they are asked for.
///
/// A draw is a hash of (seed, update, shard, draw): the order in which threads run cannot show, and a
/// resumed run draws what the uninterrupted one would have drawn.
public struct RandomSource: Sendable, RandomNumberGenerator {
  private var generator: SplitMix64

  /// The stream that belongs to the given coordinates, for example seed, update and shard.
  public init(_ coordinates: UInt64...) {
    let state = coordinates.reduce(SplitMix64.increment) {
      SplitMix64.mix($0 ^ SplitMix64.mix($1 &+ SplitMix64.increment))
    }
    generator = SplitMix64(state: state)
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 { generator.next() }

  /// A number of the uniform distribution over `0 ..< 1`.
  public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// A number of the standard normal distribution (Box and Muller 1958).
  public mutating func normal() -> Float {
    let radius = (-2 * logarithm(1 - uniform())).squareRoot()
    return radius * cosine(2 * .pi * uniform())
  }
}

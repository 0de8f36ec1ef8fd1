internal import Tensors

/// Attention with linear biases (ALiBi): the farther a key is from its query, the lower its score.
///
/// Head h subtracts `slopes[h] · |i - j|` from the scaled score of query i and key j before the softmax. In causal
/// attention that is the paper's `slopes[h] · (i - j)`, since no key comes after its query; elsewhere, in an encoder and
/// in a non-autoregressive decoder, the bias is symmetric. It is constant, so it does not appear in derivatives.
///
/// Source: Press et al. 2022, "Train Short, Test Long: Attention with Linear Biases Enables Input Length Extrapolation",
/// section 3.
public struct DistanceBias: Sendable {
  /// The slope of each head, positive.
  public let slopes: [Float]

  /// The paper's slopes: of n heads, a power of two, head h, counted from 1, has `2^(-8h / n)`.
  ///
  /// Any other number of heads takes the slopes of the next lower power of two, and then every other one of the next
  /// higher, as in the authors' code.
  ///
  /// - Precondition: there is a head.
  public init(heads: Int) {
    precondition(heads > 0, "DistanceBias: \(heads) heads")
    var lower = 1
    while 2 * lower <= heads { lower *= 2 }
    let between = Self.geometric(2 * lower).enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    slopes = Self.geometric(lower) + between.prefix(heads - lower)
  }

  private static func geometric(_ count: Int) -> [Float] {
    (1...count).map { Float(exponential(-8 * Double($0) / Double(count) * logarithm(2.0))) }
  }
}

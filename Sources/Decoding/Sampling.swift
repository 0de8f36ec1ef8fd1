/// How tokens are sampled.
public struct Sampling: Sendable, Equatable {
  /// The divisor of scores, above 0: below 1, probable tokens become more probable; above 1, less.
  public var temperature: Double
  /// How many of the most probable tokens can be drawn; 0 for all.
  public var topK: Int
  /// The probability mass to draw from: the smallest set of most probable tokens that reaches it; 1 for all.
  ///
  /// If ``topK`` is set too, it applies first.
  ///
  /// Source: Holtzman et al. 2020, "The Curious Case of Neural Text Degeneration", section 3.1.
  public var topP: Double
  /// The same seed gives the same translations.
  public var seed: UInt64

  /// By default, samples from the model's own distribution.
  public init(temperature: Double = 1, topK: Int = 0, topP: Double = 1, seed: UInt64 = 1) {
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.seed = seed
  }
}

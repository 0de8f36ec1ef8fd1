/// How tokens are drawn at random.
public struct Sampling: Sendable, Equatable {
  /// Divides the scores: below 1 the probable becomes more probable, above 1 less; above 0.
  public var temperature: Double
  /// Only this many of the most probable tokens can be drawn; 0 for all.
  public var topK: Int
  /// Only the fewest most probable tokens that reach this probability together can be drawn; 1 for all.
  ///
  /// Where ``topK`` is set too, of those that it leaves.
  ///
  /// Source: Holtzman et al. 2020, "The Curious Case of Neural Text Degeneration", section 3.1.
  public var topP: Double
  /// The same seed gives the same translations.
  public var seed: UInt64

  /// By default, from the model's own distribution.
  public init(temperature: Double = 1, topK: Int = 0, topP: Double = 1, seed: UInt64 = 1) {
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.seed = seed
  }
}

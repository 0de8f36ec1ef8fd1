/// How tokens are sampled.
///
/// Whatever is left out, the most probable token can always be drawn. Several truncations apply one after the other, in the
/// order of the properties, as in Hugging Face's transformers: each to the probabilities that the ones before it left,
/// scaled to add up to 1.
public struct Sampling: Sendable, Equatable {
  /// The divisor of scores, above 0: below 1, probable tokens become more probable; above 1, less.
  public var temperature: Double
  /// How many of the most probable tokens can be drawn; 0 for all.
  public var topK: Int
  /// The probability mass to draw from: the smallest set of most probable tokens that reaches it; 1 for all.
  ///
  /// Source: Holtzman et al. 2020, "The Curious Case of Neural Text Degeneration", section 3.1.
  public var topP: Double
  /// The probability that a token must have, as a share of that of the most probable one; 0 for all.
  ///
  /// Source: Nguyen et al. 2024, "Turning Up the Heat: Min-p Sampling for Creative and Coherent LLM Outputs", section 3.
  public var minP: Double
  /// The probability that a token must have; 0 for all.
  ///
  /// Unlike ``topP``, it keeps every token that the model thinks possible, where there are many. 0.02 is usual for
  /// translations of which the best is chosen by minimum Bayes risk.
  ///
  /// Source: Hewitt, Manning and Liang 2022, "Truncation Sampling as Language Model Desmoothing", section 4.2; Freitag, Ghorbani
  /// and Fernandes 2023, "Epsilon Sampling Rocks", for translation.
  public var epsilon: Double
  /// The probability that a token must have where the model is sure; where it is not, less: `√eta · exp(-H)` with the
  /// entropy *H* of the distribution, if that is lower; 0 for all.
  ///
  /// Source: Hewitt, Manning and Liang 2022, "Truncation Sampling as Language Model Desmoothing", section 4.3.
  public var eta: Double
  /// The same seed gives the same translations.
  public var seed: UInt64

  /// By default, samples from the model's own distribution.
  public init(
    temperature: Double = 1, topK: Int = 0, topP: Double = 1, minP: Double = 0, epsilon: Double = 0,
    eta: Double = 0, seed: UInt64 = 1
  ) {
    self.temperature = temperature
    self.topK = topK
    self.topP = topP
    self.minP = minP
    self.epsilon = epsilon
    self.eta = eta
    self.seed = seed
  }
}

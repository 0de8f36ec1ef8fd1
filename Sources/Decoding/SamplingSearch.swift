import Tensors
import Tokens

/// Samples every token by its probability.
///
/// The result depends on the seed, the number of the sentence, the index of the translation, and the position, but
/// never on the batch.
public struct SamplingSearch: SearchStrategy {
  /// The distribution to draw from.
  public var sampling: Sampling
  /// The number of translations of each sentence, drawn independently; 1 or more.
  public var count: Int
  /// The limits on the length of a translation.
  public var limits: SearchLimits
  /// Scores the translation, without influencing it.
  public var scoring: Scoring
  /// Whether translations report their attention.
  public var recordsAttention = false

  /// A search by sampling.
  public init(
    _ sampling: Sampling = Sampling(), count: Int = 1, limits: SearchLimits = SearchLimits(),
    scoring: Scoring = Scoring()
  ) {
    self.sampling = sampling
    self.count = count
    self.limits = limits
    self.scoring = scoring
  }

  /// Translations of each sentence in the order in which they were drawn; some may be equal.
  ///
  /// Log-probabilities are the model's own, whatever the temperature.
  public func search<Model: StepwiseModel>(_ input: DecoderInput, model: Model) -> [[Hypothesis]] {
    let stream = RandomStream(seed: sampling.seed)
    return decodeIndependently(
      input, copies: count, model: model, limits: limits, scoring: scoring,
      recordsAttention: recordsAttention
    ) { batch, rows, allowed in
      batch.step(rows, allowed) { place, hypothesis, row, allowed in
        guard let normalizer = row.logSumExp() else { return nil }
        let random = stream.uniform(input.numbers[place.sentence], place.copy, hypothesis.tokens.count)
        let distribution = TokenDistribution(row, allowed: allowed, sampling: sampling)
        guard let token = distribution.token(at: random) else { return nil }
        return Prediction(token: token, logProbability: Double(row[Int(token)]) - normalizer)
      }
    }
  }
}

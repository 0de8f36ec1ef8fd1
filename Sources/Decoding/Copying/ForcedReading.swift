import Tensors
import Tokens

/// What a model says about a given translation, read token by token.
struct ForcedReading: Sendable {
  /// The log-probability of each token and of `</s>`; NaN if the model's scores are not finite.
  private(set) var logProbabilities: [Float] = []
  /// For each of them, the attention over the source; empty if the model reports none.
  private(set) var attention: [[Float]] = []

  /// Reads a translation.
  ///
  /// - Parameters:
  ///   - tokens: the translation, without `<s>` and `</s>`.
  ///   - source: the source sentence, ending in `</s>`.
  ///   - model: the model.
  init(_ tokens: [TokenID], of source: [TokenID], by model: some StepwiseModel) {
    var state = model.start(TokenBatch([source]))
    state.keepAttention()
    var last = model.specialTokens.beginning
    var scores: [Float] = []
    for token in tokens + [model.specialTokens.end] {
      model.step([last], &state, scores: &scores)
      let normalizer = scores.span.logSumExp() ?? .nan
      logProbabilities.append(Float(Double(scores[Int(token)]) - normalizer))
      if let weights = state.attention?.first { attention.append(weights) }
      last = token
    }
  }
}

import Tokens

/// The beginning of a translation that may still grow.
struct LiveHypothesis: Sendable {
  private(set) var tokens: [TokenID] = []
  private(set) var logProbability = 0.0
  private(set) var tokenLogProbabilities: [Float] = []
  private(set) var unknowns = 0

  /// What the model reads next.
  var last: TokenID { tokens.last ?? SpecialToken.beginning }

  /// The hypothesis with one more token.
  func extended(by token: TokenID, logProbability: Double) -> LiveHypothesis {
    var result = self
    result.append(token, logProbability: logProbability)
    return result
  }

  mutating func append(_ token: TokenID, logProbability: Double) {
    tokens.append(token)
    addPrediction(logProbability)
    if token == SpecialToken.unknown { unknowns += 1 }
  }

  /// The translation that ends here because `</s>` was predicted.
  func ended(logProbability: Double, penalty: LengthPenalty) -> Hypothesis {
    var result = self
    result.addPrediction(logProbability)
    return result.finished(as: .endToken, length: tokens.count + 1, penalty: penalty)
  }

  /// The translation as it stands, without `</s>`.
  func cut(_ ending: Hypothesis.Ending, penalty: LengthPenalty) -> Hypothesis {
    finished(as: ending, length: max(1, tokens.count), penalty: penalty)
  }

  private mutating func addPrediction(_ value: Double) {
    logProbability += value
    if !value.isNaN { tokenLogProbabilities.append(Float(value)) }
  }

  private func finished(as ending: Hypothesis.Ending, length: Int, penalty: LengthPenalty) -> Hypothesis {
    Hypothesis(
      tokens: tokens, logProbability: logProbability,
      score: penalty.score(logProbability: logProbability, length: length),
      tokenLogProbabilities: tokenLogProbabilities, ending: ending)
  }
}

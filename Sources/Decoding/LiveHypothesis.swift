import Tokens

/// The beginning of a translation that may still grow.
struct LiveHypothesis: Sendable {
  private let specialTokens: SpecialTokens
  private(set) var tokens: [TokenID] = []
  private(set) var sums = HypothesisSums()
  private(set) var tokenLogProbabilities: [Float] = []
  private(set) var unknowns = 0

  /// Nothing yet.
  init(_ specialTokens: SpecialTokens) { self.specialTokens = specialTokens }

  /// What the model reads next.
  var last: TokenID { tokens.last ?? specialTokens.beginning }

  /// The hypothesis with one more token.
  func extended(by token: TokenID, logProbability: Double) -> LiveHypothesis {
    var result = self
    result.append(token, logProbability: logProbability)
    return result
  }

  mutating func append(_ token: TokenID, logProbability: Double) {
    tokens.append(token)
    addPrediction(logProbability)
    if token == specialTokens.unknown { unknowns += 1 }
  }

  /// The translation that ends here because `</s>` was predicted.
  func ended(logProbability: Double, scoring: Scoring) -> Hypothesis {
    var result = self
    result.addPrediction(logProbability)
    return result.finished(as: .endToken, scoring: scoring)
  }

  /// The translation as it stands.
  func finished(as ending: Hypothesis.Ending, scoring: Scoring) -> Hypothesis {
    Hypothesis(
      tokens: tokens, sums: sums, scoring: scoring, tokenLogProbabilities: tokenLogProbabilities,
      ending: ending)
  }

  private mutating func addPrediction(_ logProbability: Double) {
    sums.add(logProbability: logProbability)
    if !logProbability.isNaN { tokenLogProbabilities.append(Float(logProbability)) }
  }
}

import Tokens

/// A prediction: a token and its log-probability, NaN where the search does without.
struct Prediction: Sendable {
  var token: TokenID
  var logProbability: Double
}

/// The beginning of a translation that may still grow.
struct LiveHypothesis: Sendable {
  private let specialTokens: SpecialTokens
  private(set) var tokens: [TokenID] = []
  var sums = HypothesisSums()
  private(set) var tokenLogProbabilities: [Float] = []
  private(set) var unknowns = 0

  /// Nothing yet.
  init(_ specialTokens: SpecialTokens) { self.specialTokens = specialTokens }

  /// What the model reads next.
  var last: TokenID { tokens.last ?? specialTokens.beginning }

  /// Takes one prediction more; the end token is no token of the translation.
  mutating func append(_ prediction: Prediction) {
    if prediction.token != specialTokens.end { tokens.append(prediction.token) }
    if prediction.token == specialTokens.unknown { unknowns += 1 }
    sums.add(logProbability: prediction.logProbability)
    if !prediction.logProbability.isNaN { tokenLogProbabilities.append(Float(prediction.logProbability)) }
  }

  /// The translation as it stands.
  func finished(as ending: Hypothesis.Ending, scoring: Scoring) -> Hypothesis {
    Hypothesis(
      tokens: tokens, sums: sums, scoring: scoring, tokenLogProbabilities: tokenLogProbabilities,
      ending: ending)
  }
}

import Tokens

/// A predicted token and its log-probability, NaN if the search does not compute it.
struct Prediction: Sendable {
  var token: TokenID
  var logProbability: Double
}

/// A partial translation.
struct LiveHypothesis: Sendable {
  private let specialTokens: SpecialTokens
  private(set) var tokens: [TokenID] = []
  var sums = HypothesisSums()
  private(set) var tokenLogProbabilities: [Float] = []
  private(set) var unknowns = 0
  /// The attention of each prediction, if it is recorded; that of the next one comes before its token.
  var attention: [[Float]] = []

  /// An empty hypothesis.
  init(_ specialTokens: SpecialTokens) { self.specialTokens = specialTokens }

  /// The token that the model reads next.
  var last: TokenID { tokens.last ?? specialTokens.beginning }

  /// Appends one prediction; the end token does not become a token of the translation.
  mutating func append(_ prediction: Prediction) {
    if prediction.token != specialTokens.end { tokens.append(prediction.token) }
    if prediction.token == specialTokens.unknown { unknowns += 1 }
    sums.add(logProbability: prediction.logProbability)
    if !prediction.logProbability.isNaN { tokenLogProbabilities.append(Float(prediction.logProbability)) }
  }

  /// The finished translation.
  func finished(as ending: Hypothesis.Ending, scoring: Scoring) -> Hypothesis {
    var hypothesis = Hypothesis(
      tokens: tokens, sums: sums, scoring: scoring, tokenLogProbabilities: tokenLogProbabilities,
      ending: ending)
    hypothesis.attention = attention
    return hypothesis
  }
}

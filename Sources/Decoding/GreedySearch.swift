import Tensors
import Tokens

/// Greedy search: every token is the most probable one, and no choice is ever undone.
///
/// The same translations as a beam of 1, with less work. Equal scores go to the lower token.
public struct GreedySearch: SearchStrategy {
  /// How long a translation may be.
  public var limits: SearchLimits
  /// Scores the translation, without influence on it.
  public var scoring: Scoring
  /// Whether probabilities are computed; if not, a hypothesis' log-probability and score are NaN.
  public var computesScores: Bool

  /// A greedy search.
  public init(
    limits: SearchLimits = SearchLimits(), scoring: Scoring = Scoring(),
    computesScores: Bool = true
  ) {
    self.limits = limits
    self.scoring = scoring
    self.computesScores = computesScores
  }

  /// One translation of each sentence.
  public func search<Model: StepwiseModel>(_ input: DecoderInput, model: Model) -> [[Hypothesis]] {
    decodeIndependently(input.source, model: model, limits: limits, scoring: scoring) {
      batch, rows, allowed in
      guard computesScores else {
        return batch.bestTokens(allowed: allowed)
          .map { $0.map { Prediction(token: $0, logProbability: .nan) } }
      }
      return batch.step(rows, allowed) { _, _, row, allowed in
        guard let token = row.mostProbable(of: allowed), let normalizer = row.logSumExp() else { return nil }
        return Prediction(token: token, logProbability: Double(row[Int(token)]) - normalizer)
      }
    }
  }
}

extension Span where Element == Float {
  /// The allowed token of the highest score, the lowest of equals; `nil` without a finite maximum.
  func mostProbable(of allowed: AllowedSpecials) -> TokenID? {
    var best: TokenID?
    var highest = -Float.infinity
    forEach(above: highest, except: allowed.forbidden) { token, score in
      (best, highest) = (TokenID(token), score)
      return score
    }
    return highest.isFinite ? best : nil
  }
}

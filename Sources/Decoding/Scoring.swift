/// Computes scores from sums, the same for ranking and for output.
public struct Scoring: Sendable, Equatable {
  /// Divides the log-probability.
  public var lengthPenalty: LengthPenalty
  /// The weight of the coverage of the source; 0 to leave it out.
  public var coveragePenalty: Double
  /// What each prediction costs, in nats, before the length penalty divides; below 0 a reward.
  public var wordPenalty: Double

  /// By default, the mean log-probability of a prediction.
  public init(
    lengthPenalty: LengthPenalty = .normalized(alpha: 1), coveragePenalty: Double = 0, wordPenalty: Double = 0
  ) {
    (self.lengthPenalty, self.coveragePenalty) = (lengthPenalty, coveragePenalty)
    self.wordPenalty = wordPenalty
  }

  /// Whether the model must report its attention.
  var needsAttention: Bool { coveragePenalty != 0 }

  /// The score of a hypothesis, or of the pieces of a line; higher is better.
  ///
  /// `(log P - wordPenalty · length) / lengthPenalty + coveragePenalty · Σᵢ log(min(Σⱼ pᵢⱼ, 1))`, where `pᵢⱼ` is the attention
  /// from prediction *j* to source token *i*.
  ///
  /// Source: Wu et al. 2016, "Google's Neural Machine Translation System", equation 14; the word penalty is Marian's.
  public func score(_ sums: HypothesisSums) -> Double {
    var logProbability = sums.logProbability
    if wordPenalty != 0 { logProbability -= wordPenalty * Double(sums.length) }
    let score = logProbability / lengthPenalty.divisor(length: max(1, sums.length))
    return needsAttention ? score + coveragePenalty * sums.coverage : score
  }

  /// The highest score that any continuation of a hypothesis with these sums can reach in `maxLength` predictions.
  ///
  /// The log-probability of a continuation is at most that of the hypothesis, which is at most 0, so the largest
  /// divisor, that of the maximum length, gives the highest score. The coverage term is at most 0. With a word penalty, any
  /// length may have the highest score.
  func bound(_ sums: HypothesisSums, maxLength: Int) -> Double {
    func bound(_ length: Int) -> Double {
      score(HypothesisSums(logProbability: sums.logProbability, length: length))
    }
    guard wordPenalty != 0, sums.length < maxLength else { return bound(maxLength) }
    return (sums.length...maxLength).reduce(-.infinity) { max($0, bound($1)) }
  }
}

/// A translation with a score: of a sentence, or of a line in pieces.
package protocol Ranked {
  /// Higher is better.
  var score: Double { get }
  /// What ranks it: the score, lowered if it has required phrases in the wrong places.
  var rankingScore: Double { get }
  /// Whether it ended by itself, and was not cut.
  var isWhole: Bool { get }
}

extension Ranked {
  /// The score.
  package var rankingScore: Double { score }

  /// Whether it ranks before another: complete translations before cut ones, then by score.
  ///
  /// A cut translation is often a loop of a few tokens, each of them likely, and would win by its score.
  package func isBetter(than other: Self) -> Bool {
    isWhole == other.isWhole ? rankingScore > other.rankingScore : isWhole
  }
}

extension Array where Element: Ranked {
  /// The translations, best first; equal ones stay in order.
  package func bestFirst() -> [Element] {
    enumerated().sorted { left, right in
      left.element.isBetter(than: right.element)
        || !right.element.isBetter(than: left.element) && left.offset < right.offset
    }.map(\.element)
  }
}

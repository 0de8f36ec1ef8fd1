import Models
import Tensors
import Tokens

/// Which tokens a translation may hold whose tokens are predicted all at once.
struct ParallelRules {
  private(set) var allowed: AllowedSpecials
  /// Whether the source has words, so that a translation without any would lose them.
  let wantsWords: Bool

  /// `<unk>` stands for a piece of the source that cannot be spelled, and is of no use where there is none.
  init(_ source: ArraySlice<TokenID>, _ specialTokens: SpecialTokens) {
    wantsWords = source.contains { $0 != specialTokens.end }
    allowed = AllowedSpecials(
      specialTokens: specialTokens, end: false, unknown: source.contains(specialTokens.unknown))
  }

  /// The special tokens that no position may predict but the blank.
  var forbiddenBesideBlank: [TokenID] { allowed.forbidden.filter { $0 != allowed.specialTokens.blank } }

  /// The same for positions at which a translation may end.
  var withEnd: ParallelRules {
    var result = self
    result.allowed.end = true
    return result
  }
}

/// A translation of a given length whose tokens are predicted all at once, maybe several times.
struct TokenDraft {
  /// The source sentence it translates.
  let sentence: Int
  private let specialTokens: SpecialTokens
  private(set) var tokens: [TokenID]
  /// Log-probability of its length.
  private let lengthLogProbability: Double
  /// Log-probability of each token where it was predicted last.
  private var logProbabilities: [Double]
  private var isMasked: [Bool]
  private var isDamaged: Bool

  /// A draft of which nothing is known but its length.
  ///
  /// - Parameters:
  ///   - sentence: the source sentence it translates.
  ///   - length: its tokens.
  ///   - logProbability: of that length, where lengths are predicted.
  ///   - specialTokens: the model's.
  init(sentence: Int, length: Int, logProbability: Double = 0, _ specialTokens: SpecialTokens) {
    (self.sentence, self.specialTokens) = (sentence, specialTokens)
    lengthLogProbability = logProbability
    isDamaged = logProbability.isNaN
    tokens = Array(repeating: specialTokens.mask, count: length)
    logProbabilities = Array(repeating: -.infinity, count: length)
    isMasked = Array(repeating: true, count: length)
  }

  /// The tokens that are sure enough, and masks.
  var maskedTokens: [TokenID] { zip(tokens, isMasked).map { $1 ? specialTokens.mask : $0 } }

  /// Masks what is least sure, for one more prediction: fewer tokens from time to time.
  ///
  /// - Parameters:
  ///   - remaining: predictions to come; when it is all of them, everything is masked.
  ///   - iterations: all predictions.
  ///
  /// Source: Ghazvininejad et al. 2019, section 3.1.
  mutating func mask(remaining: Int, of iterations: Int) {
    let count = remaining == iterations ? tokens.count : tokens.count * remaining / iterations
    // Of equally sure tokens the first, so that the result is the same everywhere.
    let leastSure = tokens.indices.sorted {
      (logProbabilities[$0], $0) < (logProbabilities[$1], $1)
    }.prefix(count)
    isMasked = Array(repeating: false, count: tokens.count)
    for position in leastSure { isMasked[position] = true }
  }

  /// Takes what a position predicts, where it is masked.
  mutating func fill(_ position: Int, _ scores: Span<Float>, _ rules: ParallelRules) {
    guard isMasked[position] else { return }
    guard let token = scores.mostProbable(of: rules.allowed), let normalizer = scores.logSumExp() else {
      isDamaged = true
      return
    }
    tokens[position] = token
    logProbabilities[position] = Double(scores[Int(token)]) - normalizer
  }

  /// The draft as a translation; its log-probability is that of its length and tokens.
  func hypothesis(ending: Hypothesis.Ending, scoring: Scoring) -> Hypothesis {
    hypothesis(tokens, logProbabilities[...], lengthLogProbability, ending, scoring)
  }

  /// The draft up to its first `</s>` as a translation.
  func endedHypothesis(scoring: Scoring) -> Hypothesis {
    guard let end = tokens.firstIndex(of: specialTokens.end) else {
      return hypothesis(ending: .lengthLimit, scoring: scoring)
    }
    return hypothesis(Array(tokens[..<end]), logProbabilities[...end], 0, .endToken, scoring)
  }

  private func hypothesis(
    _ tokens: [TokenID], _ predictions: ArraySlice<Double>, _ lengthLogProbability: Double,
    _ ending: Hypothesis.Ending, _ scoring: Scoring
  ) -> Hypothesis {
    Hypothesis(
      tokens: tokens,
      sums: HypothesisSums(
        logProbability: predictions.reduce(lengthLogProbability, +), length: predictions.count),
      scoring: scoring, tokenLogProbabilities: predictions.map { Float($0) },
      ending: isDamaged ? .invalidScores : ending)
  }
}

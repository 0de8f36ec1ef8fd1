import Models
import Tensors
import Tokens

/// Which tokens a non-autoregressive translation may contain.
struct ParallelRules {
  private(set) var allowed: AllowedTokens
  /// Whether the source has words, so that its translation must not be empty.
  let wantsWords: Bool

  /// Allows `<unk>` only if the source contains one, because it stands for text of the source.
  init(_ source: ArraySlice<TokenID>, _ specialTokens: SpecialTokens) {
    wantsWords = source.contains { $0 != specialTokens.end }
    allowed = AllowedTokens(
      specialTokens: specialTokens, end: false, unknown: source.contains(specialTokens.unknown))
  }

  /// The special tokens, except the blank, that no position may predict.
  var forbiddenBesideBlank: [TokenID] { allowed.forbidden.filter { $0 != allowed.specialTokens.blank } }

  /// The same rules for models whose translations end with `</s>`.
  var withEnd: ParallelRules {
    var result = self
    result.allowed = AllowedTokens(
      specialTokens: allowed.specialTokens, end: true, unknown: allowed.unknown)
    return result
  }
}

/// A translation of a given length whose tokens are predicted in parallel, once or in several iterations.
struct TokenDraft {
  /// The source sentence it translates.
  let sentence: Int
  private let specialTokens: SpecialTokens
  private(set) var tokens: [TokenID]
  /// The log-probability of its length.
  private let lengthLogProbability: Double
  /// The log-probability of each token when it was last predicted.
  private var logProbabilities: [Double]
  private var isMasked: [Bool]
  private var isDamaged: Bool

  /// A draft of a given length, without tokens.
  ///
  /// - Parameters:
  ///   - sentence: the source sentence it translates.
  ///   - length: the number of tokens.
  ///   - logProbability: the log-probability of that length, if lengths are predicted.
  ///   - specialTokens: the model's special tokens.
  init(sentence: Int, length: Int, logProbability: Double = 0, _ specialTokens: SpecialTokens) {
    (self.sentence, self.specialTokens) = (sentence, specialTokens)
    lengthLogProbability = logProbability
    isDamaged = logProbability.isNaN
    tokens = Array(repeating: specialTokens.mask, count: length)
    logProbabilities = Array(repeating: -.infinity, count: length)
    isMasked = Array(repeating: true, count: length)
  }

  /// The tokens, with masks in place of masked ones.
  var maskedTokens: [TokenID] { zip(tokens, isMasked).map { $1 ? specialTokens.mask : $0 } }

  /// Masks the least probable tokens for the next prediction, fewer in each iteration.
  ///
  /// - Parameters:
  ///   - remaining: the number of remaining predictions; before the first, everything is masked.
  ///   - iterations: the total number of predictions.
  ///
  /// Source: Ghazvininejad et al. 2019, section 3.1.
  mutating func mask(remaining: Int, of iterations: Int) {
    let count = remaining == iterations ? tokens.count : tokens.count * remaining / iterations
    // Of equally probable tokens, the first, so that the result is deterministic.
    let leastSure = tokens.indices.sorted {
      (logProbabilities[$0], $0) < (logProbabilities[$1], $1)
    }.prefix(count)
    isMasked = Array(repeating: false, count: tokens.count)
    for position in leastSure { isMasked[position] = true }
  }

  /// Fills a position with the most probable token, if it is masked.
  mutating func fill(_ position: Int, _ scores: Span<Float>, _ rules: ParallelRules) {
    guard isMasked[position] else { return }
    guard let token = scores.mostProbable(of: rules.allowed), let normalizer = scores.logSumExp() else {
      isDamaged = true
      return
    }
    tokens[position] = token
    logProbabilities[position] = Double(scores[Int(token)]) - normalizer
  }

  /// The draft as a translation, with the log-probability of its length and tokens.
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

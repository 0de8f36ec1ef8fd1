import Glibc
import Tensors
package import Tokens

extension CTCScores {
  /// The log-probability of a given translation: that of all paths that spell it, summed.
  ///
  /// - Parameter tokens: the translation, without blanks.
  /// - Returns: -∞ if no path spells it, as when there are fewer rows than tokens; NaN if a row is not a distribution.
  /// - Complexity: rows · tokens steps.
  ///
  /// Source: Graves et al. 2006, "Connectionist Temporal Classification", section 4.1, the forward variables.
  package func logProbability(of tokens: [TokenID]) -> Double {
    // States 2j + 1 are tokens, even ones the blanks between them. A path begins in the first blank or the first token.
    let symbols = [blank] + tokens.flatMap { [$0, blank] }
    var sums = [Double](repeating: -.infinity, count: symbols.count)
    var isFirst = true
    let isWhole = forEachRow { row, normalizer in
      let last = sums
      for state in symbols.indices {
        var sum = isFirst ? (state < 2 ? 0 : -Double.infinity) : last[state]
        if !isFirst, state > 0 { sum = logSum(sum, last[state - 1]) }
        // The blank between two tokens that differ may be left out.
        if !isFirst, state > 2, state % 2 == 1, symbols[state] != symbols[state - 2] {
          sum = logSum(sum, last[state - 2])
        }
        // NaN counts as probability 0.
        sums[state] = sum + max(-.infinity, Double(row[Int(symbols[state])])) - normalizer
      }
      isFirst = false
    }
    guard isWhole else { return .nan }
    if isFirst { return tokens.isEmpty ? 0 : -.infinity }
    return tokens.isEmpty ? sums[0] : logSum(sums[sums.count - 1], sums[sums.count - 2])
  }

  /// A given translation with its log-probability.
  func hypothesis(of tokens: [TokenID], scoring: Scoring) -> Hypothesis {
    let sum = logProbability(of: tokens)
    var normalizers: [Double] = []
    _ = forEachRow { normalizers.append($1) }
    return Hypothesis(
      tokens: tokens, sums: HypothesisSums(logProbability: sum, length: tokens.count), scoring: scoring,
      tokenLogProbabilities: sum.isFinite ? tokenLogProbabilities(tokens, normalizers: normalizers) : [],
      ending: sum.isNaN ? .invalidScores : .lastRow)
  }
}

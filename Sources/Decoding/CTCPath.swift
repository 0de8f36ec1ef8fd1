import Tokens

/// One symbol for each row of a sentence, a token or the blank, as connectionist temporal classification has it.
struct CTCPath {
  private(set) var symbols: [TokenID] = []
  /// Log-probability of each symbol in its row.
  private(set) var logProbabilities: [Double] = []

  mutating func append(_ symbol: TokenID, logProbability: Double) {
    symbols.append(symbol)
    logProbabilities.append(logProbability)
  }

  /// What the path spells: equal neighbors become one, then blanks are left out.
  ///
  /// - Returns: the tokens, and for each the log-probability of the surest of its rows.
  func collapsed(blank: TokenID) -> (tokens: [TokenID], logProbabilities: [Float]) {
    var (tokens, best): ([TokenID], [Float]) = ([], [])
    var last = blank
    for (symbol, logProbability) in zip(symbols, logProbabilities.map(Float.init)) {
      if symbol == blank {
      } else if symbol != last {
        tokens.append(symbol)
        best.append(logProbability)
      } else {
        best[best.count - 1] = max(best[best.count - 1], logProbability)
      }
      last = symbol
    }
    return (tokens, best)
  }
}

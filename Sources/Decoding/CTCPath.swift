import Tokens

/// A path of connectionist temporal classification: a token or the blank for each row of a sentence.
struct CTCPath {
  private(set) var symbols: [TokenID] = []
  /// The log-probability of each symbol in its row.
  private(set) var logProbabilities: [Double] = []

  mutating func append(_ symbol: TokenID, logProbability: Double) {
    symbols.append(symbol)
    logProbabilities.append(logProbability)
  }

  /// The tokens that the path spells: adjacent equal symbols are merged, then blanks removed.
  ///
  /// - Returns: the tokens, and for each the highest log-probability of its rows.
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

import Tensors
public import Tokens

/// Finds the most probable path through the rows of a sentence, and the tokens that it spells.
///
/// The path consists of the most probable symbol of each row; adjacent equal symbols are merged, then blanks removed.
/// Because several paths spell the same tokens, another translation may have a higher total probability: see
/// ``CTCPrefixBeamSearch``. Of tokens with equal scores, the lowest id wins.
///
/// Source: Graves et al. 2006, "Connectionist Temporal Classification", section 3.2, "best path decoding".
public struct CTCGreedySearch: Sendable {
  private let scoring: Scoring

  /// A greedy search, by default scored by the log-probability.
  public init(scoring: Scoring = Scoring(lengthPenalty: .none)) { self.scoring = scoring }

  /// The translation that the best path spells.
  ///
  /// - Returns: the translation with the log-probability of the path. The log-probability of a token is the highest of
  ///   its rows. If the scores of a row are not a distribution, the translation ends before that row.
  public func search(_ scores: CTCScores) -> Hypothesis {
    var path = CTCPath()
    let isWhole = scores.forEachRow { row, normalizer in
      var (best, highest) = (0, -Float.infinity)
      row.forEach(above: highest, in: 0..<row.count) { token, score in
        (best, highest) = (token, score)
        return score
      }
      path.append(TokenID(best), logProbability: Double(highest) - normalizer)
    }
    let (tokens, logProbabilities) = path.collapsed(blank: scores.blank)
    let sum = path.logProbabilities.reduce(0, +)
    return hypothesis(tokens, sum, logProbabilities, isWhole: isWhole)
  }

  /// The translation of the most probable path with exactly one row that is not blank.
  ///
  /// This is for a sentence that must not have an empty translation although the best path is all blanks.
  ///
  /// - Returns: the same as ``search(_:)``; an empty translation if no token has a positive probability.
  public func searchOneToken(_ scores: CTCScores) -> Hypothesis {
    var (sum, surest): (Double, (token: TokenID, logProbability: Double, gain: Double)?) = (0, nil)
    let isWhole = scores.forEachRow { row, normalizer in
      let blank = row[Int(scores.blank)]
      sum += Double(blank) - normalizer
      var highest = -Float.infinity
      row.forEach(above: highest, in: 0..<row.count) { token, score in
        guard token != scores.blank else { return highest }
        highest = score
        if surest.map({ Double(score - blank) > $0.gain }) ?? true {
          surest = (TokenID(token), Double(score) - normalizer, Double(score - blank))
        }
        return score
      }
    }
    let total = sum + (surest?.gain ?? 0)
    return hypothesis(
      surest.map { [$0.token] } ?? [], total, surest.map { [Float($0.logProbability)] } ?? [],
      isWhole: isWhole)
  }

  /// The translation that ``search(_:)`` would find, from the most probable symbols of the rows.
  ///
  /// - Parameters:
  ///   - symbols: one for each row; nil if its scores are not a distribution.
  ///   - blank: the blank's id.
  /// - Returns: a translation without probabilities.
  public func search(_ symbols: [TokenID?], blank: TokenID) -> Hypothesis {
    let valid = symbols.prefix { $0 != nil }.compactMap(\.self)
    var path = CTCPath()
    for symbol in valid { path.append(symbol, logProbability: .nan) }
    return hypothesis(
      path.collapsed(blank: blank).tokens, .nan, [], isWhole: valid.count == symbols.count)
  }

  private func hypothesis(
    _ tokens: [TokenID], _ logProbability: Double, _ tokenLogProbabilities: [Float], isWhole: Bool
  ) -> Hypothesis {
    Hypothesis(
      tokens: tokens, sums: HypothesisSums(logProbability: logProbability, length: tokens.count),
      scoring: scoring, tokenLogProbabilities: tokenLogProbabilities,
      ending: isWhole ? .lastRow : .invalidScores)
  }
}

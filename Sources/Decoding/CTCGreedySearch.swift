import Tensors
public import Tokens

/// The most probable path through a sentence's rows, and what it spells.
///
/// Each row's most probable symbol, equal neighbors made one, blanks left out. Several paths spell the same
/// tokens, so that another translation may be more probable as a whole: see ``CTCPrefixBeamSearch``. Of equal
/// scores in a row the lower token is taken.
///
/// Source: Graves et al. 2006, "Connectionist Temporal Classification", section 3.2, "best path decoding".
public struct CTCGreedySearch: Sendable {
  private let scoring: Scoring

  /// A greedy search, whose score is the log-probability unless another is asked for.
  public init(scoring: Scoring = Scoring(lengthPenalty: .none)) { self.scoring = scoring }

  /// The translation that the best path spells.
  ///
  /// - Returns: its log-probability is that of the path, that of a token is of the row that is surest
  ///   of it. Where a row's scores are no distribution, the translation ends before it.
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

  /// The translation of the most probable path with exactly one row that is no blank: for a sentence that must not be
  /// translated as nothing, where the best path is all blanks.
  ///
  /// - Returns: as ``search(_:)``; nothing but blanks where no token has a probability.
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

  /// What ``search(_:)`` finds, where the rows' most probable symbols are known.
  ///
  /// - Parameters:
  ///   - symbols: one for each row; nil where its scores are no distribution.
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

import Tensors
import Tokens

/// Beam search over token sequences instead of paths: the probabilities of all paths that spell the same prefix are
/// summed.
///
/// If the beam is wide enough to hold all prefixes, probabilities are exact.
///
/// Source: Graves 2012, "Supervised Sequence Labelling", section 7.5.3; Hannun et al. 2014, "First-Pass Large
/// Vocabulary Continuous Speech Recognition using Bi-Directional Recurrent DNNs", algorithm 1.
public struct CTCPrefixBeamSearch: Sendable {
  /// The number of prefixes kept after each row; 1 or more.
  public var beamSize: Int
  /// The number of translations returned, from 1 to ``beamSize``.
  public var nBest: Int
  /// How many of the most probable tokens of each row may extend a prefix to a new one; 1 or more.
  ///
  /// Paths to prefixes that are already in the beam are summed whatever their tokens.
  public var tokensPerRow: Int
  /// Ranks the prefixes that are in the beam after the last row.
  ///
  /// Until then, prefixes are ranked by probability, because all of them explain the same rows.
  public var scoring: Scoring

  /// A prefix beam search.
  ///
  /// - Precondition: `1 <= nBest <= beamSize`, `tokensPerRow >= 1`.
  public init(
    beamSize: Int = 5, nBest: Int = 1, tokensPerRow: Int = 20,
    scoring: Scoring = Scoring(lengthPenalty: .none)
  ) {
    precondition(
      1...max(1, beamSize) ~= nBest && tokensPerRow >= 1,
      "CTCPrefixBeamSearch: \(nBest) best of a beam of \(beamSize), \(tokensPerRow) tokens a row")
    (self.beamSize, self.nBest) = (beamSize, nBest)
    (self.tokensPerRow, self.scoring) = (tokensPerRow, scoring)
  }

  /// The best translations of a sentence, best first, all different.
  ///
  /// Of equal ones, the one whose prefix was found first comes first.
  ///
  /// - Returns: at least one and at most ``nBest`` translations. The log-probability of a translation is that of all
  ///   paths that the beam has kept, summed. The log-probability of a token is the highest of its rows on the best
  ///   path. If the scores of a row are not a distribution, translations end before that row.
  /// - Complexity: rows · beamSize · tokensPerRow, and one comparison for each score.
  public func search(_ scores: CTCScores) -> [Hypothesis] {
    var beam = CTCPrefixBeam(size: beamSize, blank: scores.blank)
    var normalizers: [Double] = []
    let isWhole = scores.forEachRow { row, normalizer in
      let tokens = row.best(tokensPerRow, except: scores.blank)
      beam.advance(over: tokens) { token in
        // NaN counts as probability 0.
        max(-.infinity, Double(row[Int(token)])) - normalizer
      }
      normalizers.append(normalizer)
    }
    let found = beam.best.map { tokens, logProbability in
      Hypothesis(
        tokens: tokens, sums: HypothesisSums(logProbability: logProbability, length: tokens.count),
        scoring: scoring, ending: isWhole ? .lastRow : .invalidScores)
    }
    return found.bestFirst().prefix(nBest).map { hypothesis in
      var hypothesis = hypothesis
      hypothesis.tokenLogProbabilities =
        scores.tokenLogProbabilities(hypothesis.tokens, normalizers: normalizers)
      return hypothesis
    }
  }
}

extension CTCScores {
  /// For each token, the highest log-probability of its rows on the best path through the first rows.
  ///
  /// - Parameters:
  ///   - tokens: a translation.
  ///   - normalizers: the normalizers of the rows that the translation was made from.
  /// - Returns: one log-probability for each token.
  func tokenLogProbabilities(_ tokens: [TokenID], normalizers: [Double]) -> [Float] {
    let used =
      normalizers.count == rowCount ? scores : Array(scores.prefix(normalizers.count * vocabularySize))
    guard
      let alignment = CTCAlignment(
        labels: tokens, logProbabilities: used, classes: vocabularySize, blank: blank)
    else { return [] }
    var path = CTCPath()
    for (row, symbol) in alignment.path.enumerated() {
      let score = scores[row * vocabularySize + Int(symbol)]
      path.append(symbol, logProbability: Double(score) - normalizers[row])
    }
    return path.collapsed(blank: blank).logProbabilities
  }
}

extension Span where Element == Float {
  /// The tokens with the highest scores, best first, of equal ones the lower first; none with probability 0.
  func best(_ count: Int, except excluded: TokenID) -> [TokenID] {
    var best: [(token: TokenID, score: Float)] = []
    forEach(above: -.infinity, in: 0..<self.count) { index, score in
      if TokenID(index) != excluded {
        if best.count == count { best.removeLast() }
        let place = best.firstIndex { score > $0.score } ?? best.count
        best.insert((TokenID(index), score), at: place)
      }
      return best.count < count ? -.infinity : best.last?.score ?? -.infinity
    }
    return best.map(\.token)
  }
}

import Tensors
import Tokens

/// Beam search over what paths spell, not over paths: the probabilities of all paths to the same beginning are
/// added up.
///
/// A beam that loses nothing gives every translation its exact probability.
///
/// Source: Graves 2012, "Supervised Sequence Labelling", section 7.5.3; Hannun et al. 2014, "First-Pass Large
/// Vocabulary Continuous Speech Recognition using Bi-Directional Recurrent DNNs", algorithm 1.
public struct CTCPrefixBeamSearch: Sendable {
  /// Beginnings kept after each row; 1 or more.
  public var beamSize: Int
  /// Translations returned, between 1 and ``beamSize``.
  public var nBest: Int
  /// The most probable tokens of each row that may make a new beginning from one of the beam; 1 or more.
  ///
  /// Paths to what the beam holds already are added up whatever their tokens.
  public var tokensPerRow: Int
  /// Ranks what the beam holds after the last row.
  ///
  /// Before that all of it explains the same rows, and is kept by probability.
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

  /// The best translations of a sentence, best first, no two of them alike.
  ///
  /// Among equals, the one whose beginning was found first.
  ///
  /// - Returns: at least one and at most ``nBest``. The log-probability is that of all paths that the beam has kept,
  ///   added up; that of a token is of the row that is surest of it in the best of them. Where a row's
  ///   scores are no distribution, translations end before it.
  /// - Complexity: rows · beamSize · tokensPerRow, and one comparison for each score.
  public func search(_ scores: CTCScores) -> [Hypothesis] {
    var beam = CTCPrefixBeam(size: beamSize, blank: scores.blank)
    var normalizers: [Double] = []
    let isWhole = scores.forEachRow { row, normalizer in
      let tokens = row.best(tokensPerRow, except: scores.blank)
      beam.advance(over: tokens) { token in
        // Not a number is no probability.
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
  /// What each token's surest row says of it, on the best path that spells the tokens in the first rows.
  ///
  /// - Parameters:
  ///   - tokens: a translation.
  ///   - normalizers: of as many rows as it was made from.
  /// - Returns: one log-probability for each token.
  fileprivate func tokenLogProbabilities(_ tokens: [TokenID], normalizers: [Double]) -> [Float] {
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
  /// The tokens of the highest scores, best first, the lower one of equals; none that has no probability.
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

import Models
import Tokens

/// Translates with a model that predicts a token or the blank for every position of the upsampled source.
///
/// A non-empty source never gets an empty translation: if all positions are blank, the best single token is taken.
struct CTCSearch {
  /// The number of prefixes kept; 1 takes the most probable symbol of every position.
  let beamSize: Int
  let blank: TokenID
  let nBest: Int
  /// Whether greedy search computes probabilities.
  let computesScores: Bool
  let scoring: Scoring

  /// Whether hypotheses have scores; beam search computes probabilities anyway.
  private var isScored: Bool { beamSize > 1 || computesScores }

  /// Translates a batch.
  func search(_ encoded: SourceEncoding, vocabularySize: Int, rules: [ParallelRules]) -> [[Hypothesis]] {
    var results = search(encoded, vocabularySize, rules)
    for sentence in results.indices where rules[sentence].wantsWords {
      results[sentence].removeAll { $0.tokens.isEmpty && $0.ending == .lastRow }
    }
    guard results.contains(where: \.isEmpty) else { return results }
    forEachSentence(encoded, vocabularySize, rules, where: { results[$0].isEmpty }) { sentence, scores in
      let found = CTCGreedySearch(scoring: scoring).searchOneToken(scores)
      results[sentence] = [isScored ? found : found.unscored]
    }
    return results
  }

  private func search(_ encoded: SourceEncoding, _ vocabularySize: Int, _ rules: [ParallelRules])
    -> [[Hypothesis]]
  {
    guard isScored else {
      return encoded.bestUpsampledSymbols(excluding: rules.map(\.forbiddenBesideBlank)).map {
        [CTCGreedySearch(scoring: scoring).search($0, blank: blank)]
      }
    }
    var results = [[Hypothesis]](repeating: [], count: rules.count)
    forEachSentence(encoded, vocabularySize, rules) { sentence, scores in
      results[sentence] =
        beamSize == 1
        ? [CTCGreedySearch(scoring: scoring).search(scores)]
        : CTCPrefixBeamSearch(beamSize: beamSize, nBest: min(nBest, beamSize), scoring: scoring)
          .search(scores)
    }
    return results
  }

  /// Calls `visit` with the scores of some sentences; forbidden tokens have probability 0.
  private func forEachSentence(
    _ encoded: SourceEncoding, _ vocabularySize: Int, _ rules: [ParallelRules],
    where isWanted: (_ sentence: Int) -> Bool = { _ in true },
    _ visit: (_ sentence: Int, _ scores: CTCScores) -> Void
  ) {
    encoded.predictUpsampled(where: isWanted) { sentence, scores in
      for token in rules[sentence].forbiddenBesideBlank {
        for place in stride(from: Int(token), to: scores.count, by: vocabularySize) {
          scores[place] = -.infinity
        }
      }
      visit(sentence, CTCScores(scores, vocabularySize: vocabularySize, blank: blank))
    }
  }
}

extension Hypothesis {
  /// The same hypothesis without probabilities.
  fileprivate var unscored: Hypothesis {
    Hypothesis(
      tokens: tokens, sums: HypothesisSums(logProbability: .nan, length: sums.length), scoring: scoring,
      ending: ending)
  }
}

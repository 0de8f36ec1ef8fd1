import Models
import Text

/// Translates with a model that predicts a token or the blank for every position of the upsampled source.
struct CTCSearch {
  /// Beginnings kept; 1 takes the most probable symbol of every position.
  let beamSize: Int
  let nBest: Int
  /// Whether the most probable symbols need their probabilities.
  let scores: Bool

  /// Translates a batch.
  func search(_ encoded: EncodedBatch, vocabularySize: Int, rules: [ParallelRules]) -> [[Hypothesis]] {
    guard beamSize > 1 || scores else {
      return encoded.bestUpsampledSymbols(excluding: rules.map(\.forbidden)).map {
        [CTCGreedySearch().search($0, blank: SpecialToken.blank)]
      }
    }
    var results: [[Hypothesis]] = []
    encoded.predictUpsampled { sentence, scores in
      for token in rules[sentence].forbidden {
        for place in stride(from: Int(token), to: scores.count, by: vocabularySize) {
          scores[place] = -.infinity
        }
      }
      let scores = CTCScores(scores, vocabularySize: vocabularySize, blank: SpecialToken.blank)
      results.append(
        beamSize == 1
          ? [CTCGreedySearch().search(scores)]
          : CTCPrefixBeamSearch(beamSize: beamSize, nBest: min(nBest, beamSize)).search(scores))
    }
    return results
  }
}

import Models
import Text

/// Translates with a model that predicts a token or the blank for every position of the upsampled source.
struct CTCSearch {
  /// Beginnings kept; 1 takes the most probable symbol of every position.
  let beamSize: Int
  let nBest: Int

  /// Translates a batch.
  func search(_ encoded: EncodedBatch, vocabularySize: Int) -> [[Hypothesis]] {
    var results: [[Hypothesis]] = []
    encoded.predictUpsampled { _, scores in
      let scores = CTCScores(scores, vocabularySize: vocabularySize, blank: SpecialToken.blank)
      results.append(
        beamSize == 1
          ? [CTCGreedySearch().search(scores)]
          : CTCPrefixBeamSearch(beamSize: beamSize, nBest: min(nBest, beamSize)).search(scores))
    }
    return results
  }
}

import Recipes
import Text

/// The length of the text in subwords, estimated from its first lines.
struct EncodedText {
  /// Mean number of subwords per sentence, `</s>` included.
  let lengths: (source: Double, target: Double)
  /// Target subwords of the text, `</s>` included.
  let targetTokens: Double

  init(_ pipeline: TextPipeline, learner: VocabularyLearner, profile: TextProfile) {
    func length(_ side: TextPipeline.Side, words: Int) -> Double {
      var (subwords, sampleWords) = (0, 0)
      for line in learner.counter(side).samples {
        sampleWords += pipeline.words(of: line, side: side).split(separator: 0x20).count
        subwords += pipeline.encode(line, side: side).ids.count
      }
      let perWord = Double(max(subwords, 1)) / Double(max(sampleWords, 1))
      return Double(words) / Double(max(profile.pairs, 1)) * perWord + 1
    }
    lengths = (
      length(.source, words: profile.source.words), length(.target, words: profile.target.words)
    )
    targetTokens = lengths.target * Double(profile.pairs)
  }

  /// Target tokens in a batch per token of `--batch-tokens`; the rest is padding, and the surplus of a longer source
  /// side.
  var targetShare: Double { 0.9 * lengths.target / max(lengths.source, lengths.target) }
}

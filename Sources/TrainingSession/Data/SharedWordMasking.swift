import Corpora
import Tensors
import Text

/// Masks words that occur on both sides of a pair, in a share of the pairs, so that the model learns to copy names that
/// the vocabulary cannot spell: each is a single `<unk>`.
///
/// Which words are masked depends only on seed, epoch and the number of the pair.
struct SharedWordMasking {
  private let share: Float
  private let seed: UInt64
  private let pipeline: TextPipeline

  /// Returns nil if no words are masked.
  ///
  /// - Parameters:
  ///   - share: the share of pairs, from 0 to 1.
  ///   - seed: the random seed.
  ///   - pipeline: finds the words of a sentence.
  init?(share: Double, seed: UInt64, pipeline: TextPipeline) {
    guard share > 0 else { return nil }
    (self.share, self.seed, self.pipeline) = (Float(share), seed, pipeline)
  }

  /// The transform of the pairs of an epoch, counted from 1.
  func transform(epoch: Int) -> PairTransform {
    { [share, seed, pipeline] pair, index in
      var random = RandomSource(seed, 3, UInt64(epoch), UInt64(index))
      guard random.uniform() < share else { return pair }
      var source = EncodedSentence(ids: Array(pair.source))
      var target = EncodedSentence(ids: Array(pair.target))
      pipeline.maskSharedWords(source: &source, target: &target, probability: 0.5, using: &random)
      return SentencePair(
        source: source.ids[...], target: target.ids[...],
        alignment: pipeline.alignment(of: pair, source: source, target: target))
    }
  }
}

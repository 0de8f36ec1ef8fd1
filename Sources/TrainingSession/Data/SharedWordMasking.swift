import Corpora
import Tensors
import Text

/// Hides words that stand on both sides of a pair, in a share of the pairs: a name that the vocabulary cannot spell is
/// one `<unk>`, and the model must have learned to copy it.
///
/// Which words are hidden depends on seed, epoch and the number of the pair alone.
struct SharedWordMasking {
  private let share: Float
  private let seed: UInt64
  private let pipeline: TextPipeline

  /// nil where no words are hidden.
  ///
  /// - Parameters:
  ///   - share: of the pairs, 0 to 1.
  ///   - seed: of what is drawn.
  ///   - pipeline: knows the words of a sentence.
  init?(share: Double, seed: UInt64, pipeline: TextPipeline) {
    guard share > 0 else { return nil }
    (self.share, self.seed, self.pipeline) = (Float(share), seed, pipeline)
  }

  /// What becomes of the pairs of an epoch, counted from 1.
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

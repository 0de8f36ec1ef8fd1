import Corpora
import Tensors
import Text

/// BPE-dropout: the training text as an epoch sees it, with merges skipped at random.
///
/// How a line is split depends only on seed, epoch, side and the number of its pair, so a resumed run sees the same
/// text.
///
/// Source: Provilkov et al. 2020, "BPE-Dropout: Simple and Effective Subword Regularization".
struct EpochText {
  private let train: ParallelCorpus
  private let pipeline: TextPipeline
  private let dropout: Double
  private let seed: UInt64
  private let options: CorpusOptions

  /// Returns nil if no merges are skipped: every epoch then sees the text as it was read.
  ///
  /// - Parameters:
  ///   - settings: with the rate of BPE-dropout.
  ///   - train: the training text, loaded with its lines.
  ///   - pipeline: turns text into ids.
  ///   - room: positions per source token; see `CorpusOptions.upsampling`.
  init?(_ settings: CorporaSettings, _ train: ParallelCorpus, pipeline: TextPipeline, room: Int?) {
    guard settings.bpeDropout > 0 else { return nil }
    (self.train, self.pipeline) = (train, pipeline)
    (dropout, seed) = (settings.bpeDropout, settings.seed)
    var options = CorpusOptions()
    (options.maxLength, options.threads, options.upsampling) = (settings.maxLength, settings.threads, room)
    self.options = options
  }

  /// The text of an epoch.
  ///
  /// - Parameters:
  ///   - epoch: counted from 1.
  ///   - isUsed: whether the epoch uses each pair; the others stay as they were read.
  /// - Returns: all pairs; those that are used are split anew.
  func corpus(epoch: Int, isUsed: [Bool]) -> ParallelCorpus {
    train.reencoded(
      options: options, where: { isUsed[$0] }, sourceWords: encoder(.source, epoch, stream: 1),
      targetWords: encoder(.target, epoch, stream: 2))
  }

  private func encoder(
    _ side: TextPipeline.Side, _ epoch: Int, stream: UInt64
  ) -> ParallelCorpus.IndexedWordEncoder {
    { [train, pipeline, dropout, seed] line, pair in
      var random = RandomSource(seed, stream, UInt64(epoch), UInt64(pair))
      let tag = train.tag(of: pair).map { LineTag.given($0) } ?? .own
      let sentence = pipeline.encode(line, side: side, tag: tag, dropout: dropout, using: &random)
      return pipeline.encodedWords(sentence, side: side)
    }
  }
}

import Corpora
import Tensors
import Text

/// The training and validation text as ids.
struct TrainingData {
  let train: ParallelCorpus
  let valid: ParallelCorpus
  private let pipeline: TextPipeline
  private let arguments: TrainTranslationArguments

  /// Reads all files.
  ///
  /// - Throws: `CorpusError`, which names file and line.
  init(
    _ arguments: TrainTranslationArguments, pipeline: TextPipeline, progress: (_ pairs: Int) -> Void
  ) throws {
    (self.arguments, self.pipeline) = (arguments, pipeline)
    var options = CorpusOptions()
    (options.maxLength, options.threads) = (arguments.maxLength, arguments.threads)
    let encode = { @Sendable (side: TextPipeline.Side) -> ParallelCorpus.Encoder in
      { line in pipeline.encode(line, side: side).ids }
    }
    valid = try ParallelCorpus(
      sourceFiles: arguments.validSource, targetFiles: arguments.validTarget, options: options,
      encodeSource: encode(.source), encodeTarget: encode(.target))
    options.keepsLines = arguments.bpeDropout > 0 || arguments.copyUnknowns > 0
    train = try ParallelCorpus(
      sourceFiles: arguments.trainSource, targetFiles: arguments.trainTarget, options: options,
      encodeSource: encode(.source), encodeTarget: encode(.target), progress: progress)
  }

  /// The batches of an epoch: with BPE-dropout its text is segmented anew.
  func batcher(epoch: Int) -> Batcher {
    Batcher(corpus(epoch: epoch), batchTokens: arguments.batchTokens, seed: arguments.seed)
  }

  private func corpus(epoch: Int) -> ParallelCorpus {
    guard arguments.bpeDropout > 0 else { return train }
    var options = CorpusOptions()
    (options.maxLength, options.threads) = (arguments.maxLength, arguments.threads)
    let (pipeline, dropout, seed) = (pipeline, arguments.bpeDropout, arguments.seed)
    let encode = { @Sendable (side: TextPipeline.Side, stream: UInt64) -> ParallelCorpus.IndexedEncoder in
      { line, pair in
        var random = RandomSource(seed, stream, UInt64(epoch), UInt64(pair))
        var encoder = pipeline.makeEncoder(side)
        return encoder.encode(tokens: encoder.tokens(of: line), dropout: dropout, using: &random).ids
      }
    }
    return train.reencoded(options: options, source: encode(.source, 1), target: encode(.target, 2))
  }

  /// What must not change between the parts of a run, in words.
  func fingerprint(_ configuration: String) -> String {
    "\(train.count) pairs, \(train.report.targetTokens) target subwords, \(configuration)"
  }
}

import Autodiff
import Corpora
import Layers
import Models
import Tensors
import TestSupport
import Testing
import Tokens
import Training

/// Random sentences to be translated into their reversals: easy enough to learn in a test.
enum ToyTask {
  /// Ids 0 to 3 are special, the rest are letters.
  static let vocabularySize = 14

  /// Random sentences of 1 to `longest` letters.
  static func sentences(_ count: Int, longest: Int = 6, seed: UInt64) -> [[TokenID]] {
    var random = RandomSource(seed)
    return (0..<count).map { _ in
      (0..<Int.random(in: 1...longest, using: &random)).map { _ in
        TokenID.random(in: 4..<TokenID(vocabularySize), using: &random)
      }
    }
  }

  static func corpus(_ count: Int, seed: UInt64 = 7) -> ParallelCorpus {
    let sources = sentences(count, seed: seed)
    return ParallelCorpus(sources: sources, targets: sources.map { $0.reversed() })
  }

  /// One batch of the first pairs of a corpus.
  static func batch(_ count: Int, seed: UInt64 = 7) -> Batch {
    Batch(corpus(count, seed: seed), pairs: Array(0..<count))
  }

  static func model(
    size: Int = 16, layers: Int = 1, dropout: Float = 0, tying: EmbeddingTying = .all,
    change: (inout ModelConfiguration) -> Void = { _ in }
  ) -> Transformer {
    var configuration = ModelConfiguration(
      sourceVocabularySize: vocabularySize, targetVocabularySize: vocabularySize)
    (configuration.size, configuration.innerSize, configuration.heads) = (size, 2 * size, 2)
    (configuration.encoderLayers, configuration.decoderLayers) = (layers, layers)
    (configuration.dropout, configuration.attentionDropout) = (dropout, dropout / 2)
    configuration.activationDropout = dropout / 2
    (configuration.maxPositions, configuration.tying) = (32, tying)
    change(&configuration)
    return Transformer(configuration)
  }

  /// Options with a rate that changes weights noticeably from the first update on.
  static func options(shards: Int = 1, threads: Int = 1) -> TrainerOptions {
    var options = TrainerOptions()
    (options.shards, options.threads) = (shards, threads)
    options.schedule = LearningRateSchedule(peak: 0.01, warmup: 4)
    options.averageDecay = 0.9
    return options
  }

  /// A trainer after some updates on changing batches.
  static func trained(
    updates: Int, options: TrainerOptions, dropout: Float = 0,
    change: (inout ModelConfiguration) -> Void = { _ in }
  ) -> (trainer: Trainer, reports: [UpdateReport]) {
    let trainer = Trainer(model(dropout: dropout, change: change), options: options)
    let reports = (0..<updates).map { trainer.update(batch(17, seed: UInt64($0))) }
    return (trainer, reports)
  }
}

extension FlatBuffer {
  /// The bit patterns, so that NaN and -0 are compared exactly.
  var bits: [UInt32] { array.map(\.bitPattern) }
}

/// Expects two runs to be equal except for the order of sums.
func expectEqualWithinRounding(
  _ parts: (trainer: Trainer, reports: [UpdateReport]), _ whole: (trainer: Trainer, reports: [UpdateReport]),
  sourceLocation: SourceLocation = #_sourceLocation
) {
  for (one, many) in zip(whole.reports, parts.reports) {
    #expect(one.loss.tokens == many.loss.tokens, sourceLocation: sourceLocation)
    #expect(abs(one.loss.lossPerToken - many.loss.lossPerToken) < 1e-4, sourceLocation: sourceLocation)
    #expect(
      abs(one.gradientNorm - many.gradientNorm) < 1e-3 * one.gradientNorm, sourceLocation: sourceLocation)
  }
  // Adam divides by the size of the gradient, so that rounding alone moves weights with almost no gradient.
  let deviation = Deviation(parts.trainer.parameters.array, from: whole.trainer.parameters.array)
  #expect(deviation.ofNorm < 1e-2, "\(deviation)", sourceLocation: sourceLocation)
}

import Autodiff
import Corpora
import Models
import Tensors
import Text
import Training

/// Whole updates: forward, backward, sum of gradients and Adam.
var trainingWorks: [Work] {
  [
    Work(name: "training step, batches of 4096 tokens") { arguments in
      let step = TrainingStep(preset: arguments.preset, shards: arguments.threads)
      let tokens = step.batches.reduce(0) { $0 + $1.targetTokens }
      var trainer = step.trainer
      return Round(
        amounts: [("tokens", Double(tokens))], operations: step.operationsPerToken * Double(tokens),
        threads: arguments.threads
      ) { for batch in step.batches { _ = trainer.step(batch) } }
    }
  ]
}

/// Updates of a preset on made-up batches whose lengths are those of image captions.
private struct TrainingStep {
  private let configuration: ModelConfiguration
  let batches: [Batch]
  let trainer: Trainer

  init(preset: ModelPreset, shards: Int) {
    let vocabulary = 9_712
    configuration = preset.configuration(sourceVocabularySize: vocabulary, targetVocabularySize: vocabulary)
    var options = TrainerOptions()
    (options.shards, options.threads) = (shards, shards)
    trainer = Trainer(Transformer(configuration), options: options)
    var random = RandomSource(1)
    batches = (0..<8).map { index in
      // Sentences of one batch are about equally long: 8 to 22 tokens from batch to batch.
      let length = 8 + 2 * index
      let count = 4096 / (length + 2)
      func sentences() -> [[TokenID]] {
        (0..<count).map { _ in
          (0..<length + Int.random(in: 0...2, using: &random)).map { _ in
            TokenID.random(in: 4..<TokenID(vocabulary), using: &random)
          } + [SpecialToken.end]
        }
      }
      return Batch(source: TokenBatch(sentences()), target: TokenBatch(sentences()), pairs: Array(0..<count))
    }
  }

  /// Multiplications and additions of products for one target token with its share of the source, forward
  /// and backward; attention's own products and everything element by element left out.
  var operationsPerToken: Double {
    let (size, inner) = (configuration.size, configuration.innerSize)
    let encoder = configuration.encoderLayers * (4 * size * size + 2 * size * inner)
    let decoder = configuration.decoderLayers * (8 * size * size + 2 * size * inner)
    return 6 * Double(encoder + decoder + size * configuration.targetVocabularySize)
  }
}

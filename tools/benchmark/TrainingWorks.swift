import Autodiff
import Corpora
import Layers
import Models
import Tensors
import Tokens
import Training

/// Complete updates of each preset on batches of 4,096 tokens: forward, backward, sum of gradients and Adam.
var trainingWorks: [Work] {
  MatrixPrecision.allCases.filter { $0.problem == nil }.flatMap { precision in
    ModelPreset.allCases.map { trainingWork($0, precision) }
  }
}

private func trainingWork(_ preset: ModelPreset, _ precision: MatrixPrecision) -> Work {
  let suffix = precision == .float32 ? "" : ", \(precision)"
  return Work(name: "training step \(preset)\(suffix)", isLarge: preset == .base || preset == .big) {
    arguments in
    let work = TrainingUpdates(preset: preset, precision: precision, shards: arguments.threads)
    let tokens = work.batches.reduce(0) { $0 + $1.targetTokens }
    return Round(
      amounts: [("target tokens", Double(tokens)), ("updates", Double(work.batches.count))],
      operations: work.operationsPerToken * Double(tokens),
      threads: arguments.threads
    ) { for batch in work.batches { _ = work.trainer.update(batch) } }
  }
}

/// Updates of a preset on random batches with the sentence lengths of image captions.
private struct TrainingUpdates {
  private let configuration: ModelConfiguration
  let batches: [Batch]
  let trainer: Trainer

  init(preset: ModelPreset, precision: MatrixPrecision, shards: Int) {
    let vocabulary = 9_712
    configuration = preset.configuration(sourceVocabularySize: vocabulary, targetVocabularySize: vocabulary)
    var options = TrainerOptions()
    (options.shards, options.threads, options.precision) = (shards, shards, precision)
    trainer = Trainer(Transformer(configuration), options: options)
    var random = RandomSource(1)
    batches = Self.lengths(preset).map { length in
      let count = 4096 / (length + 2)
      func sentences() -> [[TokenID]] {
        (0..<count).map { _ in
          (0..<length + Int.random(in: 0...2, using: &random)).map { _ in
            TokenID.random(in: 4..<TokenID(vocabulary), using: &random)
          } + [SpecialTokens.standard.end]
        }
      }
      return Batch(source: TokenBatch(sentences()), target: TokenBatch(sentences()), pairs: Array(0..<count))
    }
  }

  /// The sentence lengths of each batch, which are about equal; fewer batches if one takes long.
  private static func lengths(_ preset: ModelPreset) -> [Int] {
    switch preset {
    case .tiny: [8, 10, 12, 14, 16, 18, 20, 22]
    case .small, .student: [8, 12, 18, 22]
    case .base: [10, 20]
    case .big: [15]
    }
  }

  /// FLOP of products for one target token and its share of the source, forward and backward, excluding products inside
  /// attention and element-wise operations.
  var operationsPerToken: Double {
    let (size, inner) = (configuration.size, configuration.innerSize)
    let encoder = configuration.encoderLayers * (4 * size * size + 2 * size * inner)
    let cell = configuration.decoderCell == .ssru ? 2 : 4
    let decoder = configuration.decoderLayers * ((cell + 4) * size * size + 2 * size * inner)
    return 6 * Double(encoder + decoder + size * configuration.targetVocabularySize)
  }
}

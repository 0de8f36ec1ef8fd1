import Autodiff
import Models
import Tensors
import TestSupport
import Tokens

/// A Transformer with random weights that is small enough for every test.
struct SmallModel {
  let architecture: Transformer
  let weights: FlatBuffer
  let source: [[TokenID]]
  let target: [[TokenID]]

  init(_ change: (inout ModelConfiguration) -> Void = { _ in }) {
    var configuration = ModelConfiguration(sourceVocabularySize: 31, targetVocabularySize: 31)
    configuration.size = 24
    configuration.heads = 2
    configuration.innerSize = 35
    configuration.encoderLayers = 2
    configuration.decoderLayers = 2
    configuration.maxPositions = 40
    change(&configuration)
    architecture = Transformer(configuration)
    weights = architecture.initialParameters(seed: 7)
    // Larger than training starts with, so that attention is far from uniform.
    weights.replace(at: 0, with: weights.array.map { $0 * 1.5 })
    source = Self.sentences([5, 1, 18, 9, 2], below: configuration.sourceVocabularySize, seed: 1)
    target = Self.sentences([3, 8, 1, 21, 6], below: configuration.targetVocabularySize, seed: 2)
  }

  static func sentences(_ lengths: [Int], below limit: Int, seed: UInt64) -> [[TokenID]] {
    var random = RandomSource(seed)
    return lengths.map { length in
      (1..<length).map { _ in
        TokenID.random(in: SpecialTokens.standard.unknown..<TokenID(limit), using: &random)
      }
        + [SpecialTokens.standard.end]
    }
  }

  func logits(_ source: TokenBatch, _ target: TokenBatch, packed: Bool = false) -> [Float] {
    let tape = Tape(inference: weights, packed: packed ? PackedProducts(weights) : nil)
    return architecture.logits(source: source, target: target, on: tape)
  }

  func lossAndGradients(_ source: TokenBatch, _ target: TokenBatch) -> (sum: LossSum, gradients: [Float]) {
    let gradients = FlatBuffer(count: weights.count)
    let tape = Tape(training: weights, gradients: gradients)
    tape.reset(random: RandomSource(11))
    let sum = architecture.loss(
      source: source, target: target, objective: TrainingObjective(labelSmoothing: 0.1), on: tape)
    tape.backward()
    return (sum, gradients.array)
  }
}

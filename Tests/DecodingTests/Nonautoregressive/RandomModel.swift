import Decoding
import Layers
import Models
import Tensors
import Testing
import Tokens

/// Non-autoregressive models with random weights; their output is nonsense, but deterministic.
struct RandomModel: CustomTestStringConvertible {
  let testDescription: String
  let model: TrainedTransformer

  /// A model; with `silence`, the last layer adds this multiple of the blank's embedding to every position.
  init(
    _ method: NonautoregressiveMethod, ending: LengthEnding = .predicted, silence: Float = 0,
    isAutoregressive: Bool = false
  ) {
    testDescription = "\(method) \(ending) silence \(silence)"
    var configuration = ModelConfiguration(sourceVocabularySize: 40, targetVocabularySize: 40)
    (configuration.size, configuration.innerSize, configuration.heads) = (16, 32, 2)
    (configuration.encoderLayers, configuration.decoderLayers) = (1, 1)
    configuration.isAutoregressive = isAutoregressive
    var part = NonautoregressiveConfiguration(method: method)
    (part.layers, part.ending, part.maxLengthDifference) = (1, ending, 6)
    configuration.nonautoregressive = part
    let architecture = Transformer(configuration)
    let weights = architecture.initialParameters(seed: 3)
    weights.replace(at: 0, with: weights.array.map { $0 * 2 })
    if let bias = architecture.parameters.first(where: {
      $0.name == "model.nat_decoder.layers.0.final_layer_norm.bias"
    }), let table = architecture.parameters.first(where: { $0.name == "model.shared.weight" }) {
      let start = table.range.lowerBound + Int(SpecialTokens.standard.blank) * configuration.size
      let blank = weights.array(start..<start + configuration.size)
      weights.replace(at: bias.range.lowerBound, with: blank.map { silence * $0 })
    }
    model = TrainedTransformer(architecture, weights: weights)
  }

  static let all = [
    RandomModel(.ctc), RandomModel(.length), RandomModel(.length, ending: .endToken),
    RandomModel(.maskPredict),
  ]

  func search(_ change: (inout SearchOptions) -> Void = { _ in }) throws -> NonautoregressiveSearch {
    var options = SearchOptions()
    change(&options)
    return try NonautoregressiveSearch(model, plan: SearchPlan(options))
  }

  static let sentences: [[TokenID]] = [
    [7, 8, 9, 10, 2], [5, 2], [30, 31, 32, 33, 34, 35, 36, 37, 2], [2], [12, 3, 13, 2],
  ]
}

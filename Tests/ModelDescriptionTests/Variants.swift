import Layers
import Models

/// Small models of every architecture.
enum Variants {
  private static func model(_ change: (inout ModelConfiguration) -> Void = { _ in }) -> ModelConfiguration {
    var result = ModelConfiguration(sourceVocabularySize: 50, targetVocabularySize: 50)
    (result.size, result.innerSize, result.heads) = (16, 40, 4)
    (result.encoderLayers, result.decoderLayers, result.maxPositions) = (3, 2, 64)
    change(&result)
    return result
  }

  private static func parallel(
    _ method: NonautoregressiveMethod, both: Bool = false,
    _ change: (inout NonautoregressiveConfiguration) -> Void = { _ in }
  ) -> ModelConfiguration {
    model {
      var part = NonautoregressiveConfiguration(method: method)
      (part.layers, part.maxLengthDifference) = (2, 7)
      change(&part)
      ($0.nonautoregressive, $0.isAutoregressive) = (part, both)
    }
  }

  static let all: [ModelConfiguration] =
    [
      model(), model { $0.normPlacement = .pre }, model { $0.positions = .learned },
      model { $0.positions = .rotary }, model { $0.positions = .alibi },
      model { ($0.activation, $0.innerSize) = (.swiglu, 24) }, model { $0.usesBias = false },
      model { ($0.tying, $0.sourceVocabularySize) = (.decoder, 33) }, model { $0.tying = .none },
      model { ($0.tying, $0.hasOutputBias) = (.embeddings, true) }, model { $0.decoderInnerSize = 56 },
      model { $0.decoderCell = .ssru }, model { ($0.normalizesEmbeddings, $0.endsInNorm) = (true, true) },
      model { ($0.decoderCell, $0.averageAttention.innerSize) = (.averageAttention, 24) },
      model { ($0.decoderCell, $0.averageAttention.innerSize) = (.averageAttention, 16) },
      model {
        ($0.decoderCell, $0.averageAttention.innerSize) = (.averageAttention, 0)
        $0.averageAttention.isGated = false
      },
      ModelPreset.student.configuration(sourceVocabularySize: 50, targetVocabularySize: 50),
    ] + parallelModels

  static let parallelModels = [
    parallel(.ctc) { $0.upsampling = 3 }, parallel(.ctc, both: true), parallel(.length),
    parallel(.length) { $0.ending = .endToken }, parallel(.maskPredict), parallel(.maskPredict, both: true),
  ]
}

import Autodiff
import Models
import Tensors
import TestSupport
import Testing
import Tokens

/// What a backward pass reports as complete does not change any more.
@Suite struct BackwardProgressTests {
  static let variants: [@Sendable (inout ModelConfiguration) -> Void] = [
    { _ in }, { $0.tying = .none }, { $0.tying = .embeddings },
    { $0.nonautoregressive = NonautoregressiveConfiguration(method: .ctc) },
    { $0.nonautoregressive = NonautoregressiveConfiguration(method: .maskPredict) },
  ]

  @Test(arguments: variants.indices) func completeGradientsStay(_ variant: Int) {
    var configuration = ModelConfiguration(sourceVocabularySize: 20, targetVocabularySize: 20)
    (configuration.size, configuration.innerSize, configuration.heads) = (8, 16, 2)
    (configuration.encoderLayers, configuration.decoderLayers, configuration.maxPositions) = (2, 2, 16)
    Self.variants[variant](&configuration)
    let model = Transformer(configuration)
    let gradients = FlatBuffer(count: model.parameterCount)
    let tape = Tape(training: model.initialParameters(seed: 1), gradients: gradients)
    let batch = TokenBatch(ids: [5, 6, 7, 2, 8, 9, 2, TokenBatch.padding], lengths: [4, 3], width: 4)
    _ = model.loss(source: batch, target: batch, objective: TrainingObjective(), on: tape)
    var reports: [(place: Int, gradients: [Float])] = []
    tape.backward { place in reports.append((place, gradients.array(place..<gradients.count))) }
    #expect(reports.last?.place == 0)
    #expect(zip(reports, reports.dropFirst()).allSatisfy { $0.place > $1.place })
    // The decoder's layers are complete before the encoder's, not all at the end.
    #expect(reports.count > 4, "\(reports.map(\.place)) of \(gradients.count)")
    for (place, found) in reports {
      #expect(found == gradients.array(place..<gradients.count), "from \(place)")
    }
  }
}

import Autodiff
import Files
import Layers
import Models
import Tensors
import TestSupport
import Testing
import Tokens

@Suite struct ModelPartTests {
  private func model(_ tying: EmbeddingTying, _ norm: NormPlacement = .pre) -> Transformer {
    var configuration = ModelConfiguration(sourceVocabularySize: 11, targetVocabularySize: 11)
    (configuration.size, configuration.innerSize, configuration.heads) = (8, 16, 2)
    (configuration.encoderLayers, configuration.decoderLayers) = (2, 1)
    (configuration.tying, configuration.normPlacement, configuration.dropout) = (tying, norm, 0)
    configuration.nonautoregressive = NonautoregressiveConfiguration(method: .ctc)
    return Transformer(configuration)
  }

  @Test(arguments: EmbeddingTying.allCases, NormPlacement.allCases)
  func everyParameterIsInOnePart(tying: EmbeddingTying, norm: NormPlacement) {
    let model = model(tying, norm)
    let parts = ModelPart.allCases.map { model.parameters(of: [$0]).map(\.name) }
    #expect(parts.joined().sorted() == model.parameters.map(\.name).sorted())
    let tables = [
      EmbeddingTying.all: ["model.shared.weight"], .embeddings: ["model.shared.weight"],
      .decoder: ["model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight"],
      .none: ["model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight"],
    ]
    #expect(parts[0] == tables[tying])
    #expect(!parts[1].isEmpty && parts[1].allSatisfy { $0.hasPrefix("model.encoder.layer") })
    #expect(!parts[2].isEmpty && parts[2].allSatisfy { $0.hasPrefix("model.decoder.layer") })
    #expect(!parts[3].isEmpty && parts[3].allSatisfy { $0.hasPrefix("model.nat_decoder.") })
    #expect(parts[4] == ([.none, .embeddings].contains(tying) ? ["lm_head.weight"] : []))
    #expect(
      model.parameters(of: [.encoder, .decoder]).count == parts[1].count + parts[2].count)
  }

  @Test func prefixesFindLayers() {
    let model = model(.all)
    let layer = model.parameters(withPrefix: "model.encoder.layers.1.")
    #expect(layer.count > 10)
    #expect(
      model.parameters(withPrefix: "model.encoder.").map(\.name)
        == model.parameters(of: [.encoder]).map(\.name))
    #expect(model.parameters(withPrefix: "no such").isEmpty)
  }

  /// For example, a student that starts with its teacher's encoder.
  @Test func onePartOfAnotherModelIsTakenOver() throws {
    let folder = try TemporaryFolder()
    let (teacher, student) = (model(.decoder), model(.none))
    let weights = teacher.initialParameters(seed: 1)
    try ModelFiles.write(TrainedTransformer(teacher, weights: weights), folder: folder.path)
    let path = folder(ModelFiles.weights)
    let buffer = student.initialParameters(seed: 2)
    let before = buffer.array
    let items = student.parameters(of: [.encoder])
    try student.readParameters(items, SafetensorsReader(path: path), path: path, into: buffer)
    for item in student.parameters {
      let range = item.range
      if items.contains(item) {
        let other = try #require(teacher.parameters.first { $0.name == item.name }).parameter
        #expect(buffer.array(range) == weights.array(other.range))
      } else {
        #expect(buffer.array(range) == Array(before[range]), "\(item.name)")
      }
    }
    #expect(throws: CheckpointError.missing(path: path, name: "lm_head.weight")) {
      try student.readParameters(
        student.parameters(of: [.output]), SafetensorsReader(path: path), path: path, into: buffer)
    }
  }

  /// Without its tag, it is unknown how to translate a sentence.
  @Test func wordDropoutSparesTags() {
    let model = model(.all)
    let weights = model.initialParameters(seed: 1)
    let (source, target) = (
      TokenBatch([[5, SpecialTokens.standard.end]]), TokenBatch([[SpecialTokens.standard.end]])
    )
    func loss(_ regularization: Regularization) -> Double {
      let tape = Tape(
        training: weights, gradients: FlatBuffer(count: weights.count), activations: 100_000)
      tape.reset(random: RandomSource(1))
      return model.loss(
        source: source, target: target,
        objective: TrainingObjective(labelSmoothing: 0, regularization: regularization), on: tape
      ).loss
    }
    var dropout = Regularization()
    dropout.wordDropout = 0.9999
    #expect(loss(dropout) != loss(Regularization()))
    dropout.sparedSourceTokens = [5]
    #expect(loss(dropout) == loss(Regularization()))
  }
}

import Autodiff
import Layers
import Models
import Tensors
import TestSupport
import Testing
import Tokens

@Suite struct RegularizationTests {
  private func quiet() -> SmallModel { SmallModel { $0.dropout = 0 } }

  private func lossAndGradients(
    _ model: SmallModel, _ source: TokenBatch, _ target: TokenBatch, _ regularization: Regularization,
    seed: UInt64 = 11
  ) -> (sum: LossSum, gradients: FlatBuffer) {
    let gradients = FlatBuffer(count: model.weights.count)
    let tape = Tape(training: model.weights, gradients: gradients)
    tape.reset(random: RandomSource(seed))
    let sum = model.architecture.loss(
      source: source, target: target,
      objective: TrainingObjective(labelSmoothing: 0.1, regularization: regularization), on: tape)
    tape.backward()
    return (sum, gradients)
  }

  @Test func endsOfSentencesAreNotWords() {
    let model = quiet()
    var regularization = Regularization()
    regularization.wordDropout = 0.9
    // Only </s>, for which the decoder reads <s>.
    let empty = TokenBatch([[TokenID]](repeating: [SpecialTokens.standard.end], count: 8))
    let (with, without) = (
      lossAndGradients(model, empty, empty, regularization),
      lossAndGradients(model, empty, empty, Regularization())
    )
    #expect(with.sum == without.sum)
    #expect(with.gradients.array == without.gradients.array)
    let (source, target) = (TokenBatch(model.source), TokenBatch(model.target))
    #expect(
      lossAndGradients(model, source, target, regularization).sum
        != lossAndGradients(model, source, target, Regularization()).sum)
  }

  /// Whether a layer has any gradient, by its name.
  private func layersWithGradient(_ model: SmallModel, _ gradients: FlatBuffer) -> [String: Bool] {
    let layers = model.architecture.parameters.filter { $0.name.contains(".layers.") }
    return layers.reduce(into: [:]) { found, item in
      let name = item.name.split(separator: ".").prefix(4).joined(separator: ".")
      let start = item.parameter.offset
      let isUsed = gradients.array(start..<start + item.parameter.shape.count).contains { $0 != 0 }
      found[name] = found[name] ?? false || isUsed
    }
  }

  @Test(arguments: [NormPlacement.post, .pre])
  func layersThatAreLeftOutAreAsIfTheyWereNotThere(placement: NormPlacement) throws {
    let model = SmallModel { ($0.dropout, $0.normPlacement) = (0, placement) }
    let (source, target) = (TokenBatch(model.source), TokenBatch(model.target))
    var regularization = Regularization()
    regularization.layerDrop = 0.4
    let (seeds, whole) = (1...60, model.architecture.configuration)
    var (dropped, compared) = (0, 0)
    for seed in seeds {
      let (sum, gradients) = lossAndGradients(model, source, target, regularization, seed: UInt64(seed))
      let kept = layersWithGradient(model, gradients).filter(\.value).keys.sorted()
      let decoder = kept.filter { $0.contains("decoder") }
      // Without a decoder layer nothing reads the encoder, whose layers then have no gradient either.
      guard !decoder.isEmpty else { continue }
      dropped += whole.encoderLayers + whole.decoderLayers - kept.count
      let encoder = kept.filter { $0.contains("encoder") }
      guard !encoder.isEmpty else { continue }
      let small = try smaller(model, keeping: ["encoder": encoder, "decoder": decoder])
      let expected = small.0.loss(
        source: source, target: target, objective: TrainingObjective(labelSmoothing: 0.1),
        on: Tape(inference: small.1))
      #expect(abs(sum.loss - expected.loss) < 1e-4 * expected.loss, "seed \(seed) kept \(kept)")
      compared += 1
    }
    // Runs that lost both decoder layers are not counted: (2 · 0.4 · 0.6 + 0.84 · 2 · 0.4) / 4 = 0.29 is expected.
    #expect(compared > 20)
    #expect((0.2...0.4).contains(Double(dropped) / Double(4 * seeds.count)), "\(dropped)")
  }

  /// A model of some of the layers, with their weights.
  private func smaller(_ model: SmallModel, keeping kept: [String: [String]]) throws -> (
    Transformer, FlatBuffer
  ) {
    var configuration = model.architecture.configuration
    configuration.encoderLayers = kept["encoder"]?.count ?? 0
    configuration.decoderLayers = kept["decoder"]?.count ?? 0
    let architecture = Transformer(configuration)
    let weights = FlatBuffer(count: architecture.parameterCount)
    for item in architecture.parameters {
      var parts = item.name.split(separator: ".").map(String.init)
      if parts[2] == "layers", let number = Int(parts[3]), let names = kept[parts[1]] {
        parts.replaceSubrange(0..<4, with: [names[number]])
      }
      let name = parts.joined(separator: ".")
      let original = try #require(model.architecture.parameters.first { $0.name == name }?.parameter)
      weights.replace(
        at: item.parameter.offset,
        with: model.weights.array(original.range))
    }
    return (architecture, weights)
  }

  /// Words of both sides are dropped; separate embeddings show each side.
  @Test func bothSidesLoseWords() throws {
    let model = SmallModel { ($0.dropout, $0.tying) = (0, .none) }
    var regularization = Regularization()
    regularization.wordDropout = 0.5
    let (_, gradients) = lossAndGradients(
      model, TokenBatch(model.source), TokenBatch(model.target), regularization)
    // What the decoder reads is all but the last token.
    for (name, sentences) in [("encoder", model.source), ("decoder", model.target.map { $0.dropLast() })] {
      let item = try #require(
        model.architecture.parameters.first { $0.name == "model.\(name).embed_tokens.weight" })
      let size = model.architecture.configuration.size
      let words = Set(sentences.joined()).subtracting([SpecialTokens.standard.end])
      let dropped = words.filter { word in
        let start = item.parameter.offset + Int(word) * size
        return gradients.array(start..<start + size).allSatisfy { $0 == 0 }
      }
      #expect(!dropped.isEmpty && dropped.count < words.count, "\(name): \(dropped.count) of \(words.count)")
    }
  }
}

import Autodiff
import Models
import Tensors
import TestSupport
import Testing
import Text

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
      source: source, target: target, labelSmoothing: 0.1, regularization: regularization, on: tape)
    tape.backward()
    return (sum, gradients)
  }

  @Test func endsOfSentencesAreNoWords() {
    let model = quiet()
    var regularization = Regularization()
    regularization.wordDropout = 0.9
    // Nothing but </s>, before which the decoder reads <s>.
    let empty = TokenBatch([[TokenID]](repeating: [SpecialToken.end], count: 8))
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

  /// Words of both sides are dropped: with separate embeddings each side shows for itself.
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
      let words = Set(sentences.joined()).subtracting([SpecialToken.end])
      let dropped = words.filter { word in
        let start = item.parameter.offset + Int(word) * size
        return gradients.array(start..<start + size).allSatisfy { $0 == 0 }
      }
      #expect(!dropped.isEmpty && dropped.count < words.count, "\(name): \(dropped.count) of \(words.count)")
    }
  }
}

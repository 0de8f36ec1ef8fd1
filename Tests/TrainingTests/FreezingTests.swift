import Autodiff
import Models
import Tensors
import Testing
import Training

@Suite struct FreezingTests {
  struct Rule: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let optimizer: any Optimizer
  }

  /// All of them with weight decay, which must not affect frozen parameters either.
  static let rules: [Rule] = {
    var (adam, sgd, adafactor) = (Adam(), SGD(), Adafactor())
    (adam.weightDecay, sgd.weightDecay, adafactor.weightDecay) = (0.1, 0.1, 0.1)
    (adafactor.beta1, adafactor.relativeStep) = (0.9, true)
    return [
      Rule(testDescription: "AdamW", optimizer: adam), Rule(testDescription: "SGD", optimizer: sgd),
      Rule(testDescription: "Adafactor", optimizer: adafactor),
    ]
  }()

  static let choices: [Set<ModelPart>] = [
    [.embeddings], [.encoder], [.decoder], [.output], [.embeddings, .decoder], [.encoder, .decoder, .output],
  ]

  private func trainer(
    frozen: Set<ModelPart>, optimizer: any Optimizer = Adam(), shards: Int = 2, threads: Int = 1,
    clipNorm: Double = 1
  ) -> Trainer {
    var options = ToyTask.options(shards: shards, threads: threads)
    (options.frozen, options.optimizer, options.clipNorm) = (frozen, optimizer, clipNorm)
    return Trainer(ToyTask.model(size: 32, layers: 2, dropout: 0.1, tying: .none), options: options)
  }

  @Test(arguments: rules, choices)
  func frozenWeightsStayToTheBitAndAllOthersMove(rule: Rule, frozen: Set<ModelPart>) {
    let trainer = trainer(frozen: frozen, optimizer: rule.optimizer)
    let before = trainer.parameters.array
    for update in 0..<5 { #expect(!trainer.update(ToyTask.batch(17, seed: UInt64(update))).wasSkipped) }
    let (after, average) = (trainer.parameters.array, trainer.weightsForUse().array)
    for item in trainer.model.parameters {
      let range = item.range
      if frozen.contains(ModelPart(item)) {
        #expect(after[range] == before[range], "\(item.name)")
        #expect(average[range] == before[range], "\(item.name)")
      } else {
        #expect(after[range] != before[range], "\(item.name)")
      }
    }
    // Their gradients do not accumulate in the optimizer's state either; Adafactor has 1e-30 there.
    for tensor in trainer.optimizerState.tensors {
      let isFrozen = trainer.model.parameters(of: frozen).contains { tensor.name.hasSuffix(".\($0.name)") }
      let isEmpty = tensor.buffer.array(tensor.range).allSatisfy { abs($0) < 1e-20 }
      #expect(isEmpty || !isFrozen, "\(tensor.name)")
    }
  }

  @Test func normsOfPartsAddUpToThatOfAll() {
    func norm(_ frozen: Set<ModelPart>) -> Double {
      let trainer = trainer(frozen: frozen)
      return trainer.update(ToyTask.batch(17)).gradientNorm
    }
    let all = norm([])
    let present = ModelPart.allCases.filter { $0 != .nonautoregressiveDecoder }
    let parts = present.map { norm(Set(ModelPart.allCases).subtracting([$0])) }
    #expect(parts.allSatisfy { $0 > 0 && $0 < all })
    #expect(abs(parts.reduce(0) { $0 + $1 * $1 } - all * all) < 1e-9 * all * all)
  }

  /// Without clipping, the other parameters are updated as if nothing were frozen.
  @Test(arguments: choices + [[.embeddings, .encoder]]) func othersAreUpdatedAsEver(parts: Set<ModelPart>) {
    let (plain, frozen) = (trainer(frozen: [], clipNorm: 0), trainer(frozen: parts, clipNorm: 0))
    _ = (plain.update(ToyTask.batch(17)), frozen.update(ToyTask.batch(17)))
    for item in plain.model.parameters where !parts.contains(ModelPart(item)) {
      let range = item.range
      #expect(plain.parameters.array(range) == frozen.parameters.array(range), "\(item.name)")
    }
  }

  @Test(arguments: [2, 3]) func threadsDoNotShow(threads: Int) {
    func weights(_ threads: Int) -> [UInt32] {
      let trainer = trainer(frozen: [.embeddings, .decoder], shards: 3, threads: threads)
      for update in 0..<4 { _ = trainer.update(ToyTask.batch(17, seed: UInt64(update))) }
      return trainer.parameters.bits
    }
    #expect(weights(1) == weights(threads))
  }

  /// Unused gradients must not accumulate from update to update.
  @Test func clippingSeesNothingOfWhatIsFrozen() {
    let trainer = trainer(frozen: [.embeddings], shards: 2)
    let norms = (0..<6).map { _ in trainer.update(ToyTask.batch(17)).gradientNorm }
    #expect(norms.allSatisfy { $0 < 2 * norms[0] }, "\(norms)")
  }
}

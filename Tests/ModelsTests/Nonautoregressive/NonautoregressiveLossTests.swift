import Autodiff
import Layers
import Models
import Tensors
import TestSupport
import Testing
import Tokens

/// Small non-autoregressive models of each method.
struct ParallelModel: CustomTestStringConvertible {
  let testDescription: String
  let model: SmallModel
  var glancing: Float = 0

  init(
    _ method: NonautoregressiveMethod, glancing: Float = 0, ending: LengthEnding = .predicted,
    both: Bool = false, positions: PositionEncoding = .sinusoidal
  ) {
    var part = NonautoregressiveConfiguration(method: method)
    (part.layers, part.ending, part.maxLengthDifference) = (2, ending, 12)
    testDescription =
      "\(method) \(ending) \(positions) glancing \(glancing)\(both ? " with an autoregressive decoder" : "")"
    self.glancing = glancing
    model = SmallModel {
      $0.nonautoregressive = part
      ($0.isAutoregressive, $0.positions) = (both, positions)
    }
  }

  static let all = [
    ParallelModel(.length), ParallelModel(.length, glancing: 0.5), ParallelModel(.length, ending: .endToken),
    ParallelModel(.maskPredict), ParallelModel(.ctc), ParallelModel(.ctc, glancing: 0.5),
    ParallelModel(.ctc, glancing: 0.5, both: true), ParallelModel(.maskPredict, both: true),
    ParallelModel(.maskPredict, positions: .alibi), ParallelModel(.ctc, positions: .alibi),
  ]

  /// Pairs that ctc can align.
  var source: TokenBatch { TokenBatch(SmallModel.sentences([9, 4, 14, 2], below: 31, seed: 1)) }
  var target: TokenBatch { TokenBatch(SmallModel.sentences([6, 5, 12, 1], below: 31, seed: 2)) }

  func loss(
    _ source: TokenBatch, _ target: TokenBatch, smoothing: Float = 0.1, frozen: Set<ModelPart> = [],
    on tape: Tape
  ) -> LossSum {
    model.architecture.loss(
      source: source, target: target,
      objective: TrainingObjective(labelSmoothing: smoothing, glancing: glancing, frozen: frozen), on: tape)
  }

  func inferred(_ source: TokenBatch, _ target: TokenBatch) -> LossSum {
    loss(source, target, on: Tape(inference: model.weights))
  }

  /// Loss and gradients with the masks and the shown tokens of a seed.
  func trained(_ weights: FlatBuffer, seed: UInt64 = 11, frozen: Set<ModelPart> = []) -> (
    sum: LossSum, gradients: [Float]
  ) {
    let gradients = FlatBuffer(count: weights.count)
    let tape = Tape(
      training: weights, gradients: gradients,
      frozen: model.architecture.parameters(of: frozen).map(\.range))
    tape.reset(random: RandomSource(seed))
    let sum = loss(source, target, frozen: frozen, on: tape)
    tape.backward()
    return (sum, gradients.array)
  }
}

@Suite struct NonautoregressiveLossTests {
  @Test(arguments: ParallelModel.all)
  func gradientsMatchFiniteDifferences(_ parallel: ParallelModel) {
    let weights = parallel.model.weights.array
    let gradient = parallel.trained(parallel.model.weights).gradients
    for (index, item) in parallel.model.architecture.parameters.enumerated() {
      // Along the gradient of one parameter, where the loss changes most.
      let range = item.range
      let norm = gradient[range].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      guard norm > 1e-2 else { continue }
      func loss(_ step: Double) -> Double {
        var moved = weights
        for place in range { moved[place] += Float(step * Double(gradient[place]) / norm) }
        let buffer = FlatBuffer(count: weights.count)
        buffer.replace(at: 0, with: moved)
        return parallel.trained(buffer).sum.loss
      }
      // Where the loss is steep, it is also curved.
      let step = min(1e-3, 0.04 / norm)
      let difference = (loss(step) - loss(-step)) / (2 * step)
      #expect(
        abs(difference - norm) < 0.03 * norm + 0.02,
        "\(parallel) \(index) \(item.name): \(difference), gradient \(norm)")
    }
  }

  @Test(arguments: ParallelModel.all)
  func everyParameterLearns(_ parallel: ParallelModel) {
    let gradient = parallel.trained(parallel.model.weights).gradients
    for item in parallel.model.architecture.parameters where !item.name.hasSuffix("k_proj.bias") {
      let range = item.range
      #expect(gradient[range].contains { abs($0) > 1e-7 }, "\(parallel): \(item.name)")
    }
  }

  @Test(arguments: ParallelModel.all)
  func sentencesDoNotKnowOfEachOther(_ parallel: ParallelModel) {
    let whole = parallel.inferred(parallel.source, parallel.target)
    var sum = LossSum()
    for index in 0..<parallel.source.count {
      sum += parallel.inferred(
        TokenBatch([Array(parallel.source[sentence: index])]),
        TokenBatch([Array(parallel.target[sentence: index])]))
    }
    #expect(abs(sum.loss - whole.loss) < 1e-4 * whole.loss, "\(parallel)")
    #expect(sum.tokens == whole.tokens)
  }

  @Test(arguments: ParallelModel.all)
  func whatIsDrawnDependsOnTheSeedAlone(_ parallel: ParallelModel) {
    let (once, again) = (parallel.trained(parallel.model.weights), parallel.trained(parallel.model.weights))
    #expect(once.gradients == again.gradients)
    guard
      parallel.glancing > 0
        || parallel.model.architecture.configuration.nonautoregressive?.method == .maskPredict
    else { return }
    #expect(parallel.trained(parallel.model.weights, seed: 12).gradients != once.gradients)
  }

  /// An encoder that is frozen with the embeddings gets no derivatives; its dropout is drawn as usual.
  @Test(arguments: ParallelModel.all, [[ModelPart.embeddings, .encoder], [.encoder]])
  func othersLearnTheSameWhereTheEncoderIsFrozen(_ parallel: ParallelModel, frozen: [ModelPart]) {
    let all = parallel.trained(parallel.model.weights)
    let rest = parallel.trained(parallel.model.weights, frozen: Set(frozen))
    #expect(rest.sum.loss == all.sum.loss)
    for item in parallel.model.architecture.parameters {
      if frozen.contains(ModelPart(item)) {
        #expect(rest.gradients[item.range].allSatisfy { $0 == 0 }, "\(parallel): \(item.name)")
      } else {
        #expect(rest.gradients[item.range] == all.gradients[item.range], "\(parallel): \(item.name)")
      }
    }
  }

  @Test func sumsCountTheTokensThatArePredicted() {
    // Targets of 5, 4, 11 and no tokens.
    for (method, tokens) in [(NonautoregressiveMethod.length, 20), (.maskPredict, 20), (.ctc, 20)] {
      let parallel = ParallelModel(method)
      #expect(parallel.inferred(parallel.source, parallel.target).tokens == tokens, "\(method)")
    }
    let filling = ParallelModel(.length, ending: .endToken)
    #expect(filling.inferred(filling.source, filling.target).tokens == 24)
    let both = ParallelModel(.ctc, both: true)
    #expect(both.inferred(both.source, both.target).tokens == 24)
  }

  @Test func withBothDecodersTheLossesAddUp() {
    let both = ParallelModel(.ctc, both: true)
    let sum = both.inferred(both.source, both.target)
    let plain = SmallModel()
    let count = plain.weights.count
    // The encoder and the autoregressive decoder come first, and are drawn alike.
    #expect(Array(both.model.weights.array[..<count]) == plain.weights.array)
    let autoregressive = plain.architecture.loss(
      source: both.source, target: both.target, objective: TrainingObjective(labelSmoothing: 0.1),
      on: Tape(inference: plain.weights))
    #expect(sum.negativeLogLikelihood == autoregressive.negativeLogLikelihood)
    #expect(sum.loss > autoregressive.loss + 1)
    let alone = both.model.architecture.loss(
      source: both.source, target: both.target,
      objective: TrainingObjective(labelSmoothing: 0.1, frozen: [.embeddings, .encoder, .decoder]),
      on: Tape(inference: both.model.weights))
    #expect(abs(alone.loss - (sum.loss - autoregressive.loss)) < 1e-3)
    #expect(alone.tokens == 20)
  }
}

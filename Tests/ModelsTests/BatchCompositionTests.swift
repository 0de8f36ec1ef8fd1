import Autodiff
import Models
import Tensors
import TestSupport
import Testing
import Tokens

/// Results of a sentence do not depend on the rest of the batch.
@Suite struct BatchCompositionTests {
  let model = SmallModel { $0.dropout = 0 }

  @Test func logitsOfASentenceAreTheSameAloneAndInCompany() {
    let together = model.logits(TokenBatch(model.source), TokenBatch(model.target))
    let packed = model.logits(TokenBatch(model.source), TokenBatch(model.target), packed: true)
    let apart = zip(model.source, model.target).flatMap { model.logits(TokenBatch([$0]), TokenBatch([$1])) }
    let apartPacked = zip(model.source, model.target).flatMap {
      model.logits(TokenBatch([$0]), TokenBatch([$1]), packed: true)
    }
    #expect(Deviation(apart, from: together).worst < 1e-5)
    #expect(Deviation(packed, from: together).worst < 1e-5)
    #expect(apartPacked == packed)
  }

  @Test func logitsInInt8AreTheSameAloneAndInCompany() {
    func logits(_ source: [[TokenID]], _ target: [[TokenID]]) -> [Float] {
      model.architecture.logits(
        source: TokenBatch(source), target: TokenBatch(target),
        on: Tape(inference: model.weights, packed: PackedProducts(model.weights, compute: .int8)))
    }
    let together = logits(model.source, model.target)
    #expect(zip(model.source, model.target).flatMap { logits([$0], [$1]) } == together)
    let exact = model.logits(TokenBatch(model.source), TokenBatch(model.target))
    let deviation = Deviation(together, from: exact).ofNorm
    #expect(deviation > 1e-4 && deviation < 0.1, "\(deviation)")
  }

  @Test func lossesAndGradientsAddUp() {
    let (sum, gradients) = model.lossAndGradients(TokenBatch(model.source), TokenBatch(model.target))
    var (total, added) = (LossSum(), [Float](repeating: 0, count: gradients.count))
    for (source, target) in zip(model.source, model.target) {
      let (one, slopes) = model.lossAndGradients(TokenBatch([source]), TokenBatch([target]))
      total += one
      for index in added.indices { added[index] += slopes[index] }
    }
    #expect(abs(total.loss / sum.loss - 1) < 1e-6)
    #expect(total.tokens == sum.tokens)
    #expect(Deviation(added, from: gradients).worst < 1e-5)
  }

  @Test func laterTokensDoNotReachEarlierLogits() {
    var changed = model.target
    let row = changed.firstIndex { $0.count > 10 } ?? 0
    changed[row][10] = changed[row][10] == 5 ? 6 : 5
    let rowStart = model.target[..<row].reduce(0) { $0 + $1.count } * 31
    let (before, after) = (
      model.logits(TokenBatch(model.source), TokenBatch(model.target)),
      model.logits(TokenBatch(model.source), TokenBatch(changed))
    )
    // Token 10 is read at position 11.
    let reach = rowStart + 11 * 31
    #expect(before[..<reach] == after[..<reach])
    #expect(before[reach..<reach + 31] != after[reach..<reach + 31])
  }

  @Test func dropoutDrawsFromTheTapesSourceOnly() {
    let noisy = SmallModel { $0.attentionDropout = 0.1 }
    let batch = (TokenBatch(noisy.source), TokenBatch(noisy.target))
    let (first, again) = (noisy.lossAndGradients(batch.0, batch.1), noisy.lossAndGradients(batch.0, batch.1))
    #expect(first.sum == again.sum && first.gradients == again.gradients)
    let tape = Tape(training: noisy.weights, gradients: FlatBuffer(count: noisy.weights.count))
    tape.reset(random: RandomSource(12))
    let other = noisy.architecture.loss(
      source: batch.0, target: batch.1, objective: TrainingObjective(labelSmoothing: 0.1), on: tape)
    #expect(other != first.sum)
  }
}

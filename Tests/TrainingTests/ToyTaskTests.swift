import Autodiff
import Corpora
import Decoding
import Models
import Testing
import Tokens
import Training

@Suite struct ToyTaskTests {
  /// A model can reverse only if encoder, cross-attention, positions, masks and search are all correct.
  @Test(arguments: PositionEncoding.allCases)
  func modelLearnsToReverseSentences(_ positions: PositionEncoding) {
    let batcher = Batcher(ToyTask.corpus(4000), batchTokens: 512, seed: 1)
    let batches = batcher.batches(epoch: 1).count
    // If positions are only biases by distance, reversing is learned more slowly.
    let epochs = positions == .alibi ? 28 : 14
    var options = ToyTask.options(shards: 2, threads: 2)
    options.schedule = LearningRateSchedule(peak: 6e-3, warmup: 100)
    // Decays to zero: at a high rate, the loss sometimes jumps, possibly on the last batch.
    (options.schedule.decay, options.schedule.length) = (.linear, epochs * batches)
    options.averageDecay = 0.98
    options.labelSmoothing = 0.05
    let trainer = Trainer(
      ToyTask.model(size: 32, layers: 2) { $0.positions = positions }, options: options)
    var newest = Double.infinity
    for epoch in 1...epochs {
      for plan in batcher.batches(epoch: epoch) {
        newest = trainer.update(batcher.makeBatch(plan)).loss.lossPerToken
      }
    }
    #expect(newest < 0.45, "label smoothing alone costs about 0.35 nats")

    let model = TrainedTransformer(trainer.model, weights: trainer.weightsForUse())
    let known = Set(ToyTask.corpus(4000).sources)
    let unseen = ToyTask.sentences(1000, seed: 99).filter { !known.contains($0) }
    #expect(unseen.count > 300)
    let results = GreedySearch().search(
      TokenBatch(unseen.map { $0 + [SpecialTokens.standard.end] }), model: model)
    let right = zip(unseen, results).count { $1[0].tokens == $0.reversed() }
    let share = positions == .alibi ? 0.9 : 0.95
    #expect(Double(right) >= share * Double(unseen.count), "\(right) of \(unseen.count) are right")
  }
}

extension ParallelCorpus {
  fileprivate var sources: [[TokenID]] { (0..<count).map { Array(self[$0].source) } }
}

import Corpora
import DistributedTraining
import Models
import RandomNumbers
import Tensors
import TestSupport
import Testing
import Tokens
import Training

/// Updates by several processes equal those of one process, also where embeddings of absent tokens do not travel.
@Suite struct ChainTrainerTests {
  private static let vocabularySize = 200

  private static func model(_ tying: EmbeddingTying) -> Transformer {
    var configuration = ModelConfiguration(
      sourceVocabularySize: vocabularySize, targetVocabularySize: vocabularySize)
    (configuration.size, configuration.innerSize, configuration.heads) = (16, 32, 2)
    (configuration.encoderLayers, configuration.decoderLayers) = (2, 2)
    (configuration.maxPositions, configuration.tying) = (32, tying)
    return Transformer(configuration)
  }

  /// A batch with few of the tokens.
  private static func batch(_ seed: Int) -> Batch {
    var random = SplitMix64(state: UInt64(seed))
    let sentences = (0..<9).map { _ in
      (0..<5).map { _ in TokenID(4 + random.next() % UInt64(vocabularySize - 4)) }
    }
    return Batch(
      ParallelCorpus(sources: sentences, targets: sentences.map { $0.reversed() }), pairs: Array(0..<9))
  }

  private static func train(_ tying: EmbeddingTying, _ reducer: any GradientReducer) -> [UInt32] {
    var options = TrainerOptions()
    (options.shards, options.threads) = (4, 2)
    options.schedule = LearningRateSchedule(peak: 0.01, warmup: 4)
    let trainer = Trainer(model(tying), options: options, reducer: reducer)
    for update in 0..<5 { _ = trainer.update([batch(2 * update), batch(2 * update + 1)], rate: 0.01) }
    return trainer.parameters.array.map(\.bitPattern)
  }

  @Test(arguments: [EmbeddingTying.all, .decoder, .embeddings, .none], [2, 4])
  func bitsAreThoseOfOneProcess(_ tying: EmbeddingTying, processes: Int) {
    let alone = Self.train(tying, WorkerOrderSum())
    let together = ThreadGroup.run(processes) { Self.train(tying, ChainSum($0)) }
    #expect(together == Array(repeating: alone, count: processes))
  }

  @Test func embeddingsOfAbsentTokensDoNotTravel() throws {
    let model = Self.model(.none)
    let traffic = ThreadGroup.run(2) { group in
      let chain = ChainSum(group)
      var options = TrainerOptions()
      (options.shards, options.threads) = (2, 1)
      _ = Trainer(model, options: options, reducer: chain).update(Self.batch(1))
      return chain.traffic?.bytesSent ?? 0
    }
    let batch = Self.batch(1)
    let present = Set(batch.source.ids + batch.target.ids).union([0, 1, 2, 3]).filter { $0 >= 0 }
    // Two tables.
    let absent = 2 * 16 * (Self.vocabularySize - present.count)
    #expect(traffic == [4 * (model.parameterCount - absent), 4 * (model.parameterCount - absent)])
  }

  @Test func roundedGradientsTrainAlike() {
    let alone = Self.train(.all, WorkerOrderSum()).map { Float(bitPattern: $0) }
    let rounded = ThreadGroup.run(3) { Self.train(.all, ChainSum($0, precision: .bfloat16)) }
    // All processes agree to the bit.
    #expect(rounded[0] == rounded[1] && rounded[1] == rounded[2])
    #expect(rounded[0] != alone.map(\.bitPattern))
    let distance = zip(alone, rounded[0]).reduce(0) { max($0, abs($1.0 - Float(bitPattern: $1.1))) }
    // Five updates by Adam with a rate of 0.01 move a weight by at most about 0.05.
    #expect(distance < 0.03, "\(distance)")
  }
}

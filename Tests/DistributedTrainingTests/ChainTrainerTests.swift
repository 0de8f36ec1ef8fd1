import Corpora
import DistributedTraining
import Foundation
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

  private static func options(sharesOptimizer: Bool = false) -> TrainerOptions {
    var options = TrainerOptions()
    (options.shards, options.threads, options.sharesOptimizer) = (4, 2, sharesOptimizer)
    options.schedule = LearningRateSchedule(peak: 0.01, warmup: 4)
    options.measuresLayerNorms = true
    return options
  }

  private static func train(_ tying: EmbeddingTying, _ reducer: any GradientReducer) -> [UInt32] {
    let options = options()
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

  /// A checkpoint of processes that share the optimizer's state is that of one process, and any number of them resumes.
  @Test(arguments: [2, 3, 4]) func sharedStateIsThatOfOneProcess(processes: Int) throws {
    let folder = try TemporaryFolder()
    @Sendable func updates(_ trainer: Trainer, _ range: Range<Int>) -> [[UInt64]] {
      range.map { update in
        trainer.update([Self.batch(update)], rate: 0.01).layerNorms.map(\.norm.bitPattern)
      }
    }
    @Sendable func results(_ trainer: Trainer) -> [[UInt32]] {
      [trainer.parameters, trainer.weightsForUse()].map { $0.array.map(\.bitPattern) }
    }
    let model = Self.model(.none)
    var state = TrainingState()
    state.update = 4
    let alone = Trainer(model, options: Self.options())
    let aloneNorms = updates(alone, 0..<4)
    try alone.save(state, path: folder("alone"))
    _ = updates(alone, 4..<6)
    let norms = ThreadGroup.run(processes) { [state] group in
      let trainer = Trainer(
        model, options: Self.options(sharesOptimizer: true), reducer: ChainSum(group))
      let norms = updates(trainer, 0..<4)
      if group.rank == 0 {
        try? trainer.save(state, path: folder("shared"))
        // Where there is no folder, the others are not left waiting.
        #expect(throws: (any Error).self) { try trainer.save(state, path: folder("missing/shared")) }
      } else {
        trainer.sendShares()
        trainer.sendShares()
      }
      return norms
    }
    #expect(norms == Array(repeating: aloneNorms, count: processes))
    let files = try ["alone", "shared"].map { try Data(contentsOf: URL(filePath: folder($0))) }
    #expect(files[0] == files[1])
    for count in [1, 2, 5 - processes] where count > 0 {
      let resumed = ThreadGroup.run(count) { group -> [[UInt32]] in
        var options = Self.options(sharesOptimizer: true)
        options.shards = 4
        let trainer = Trainer(model, options: options, reducer: ChainSum(group))
        do { _ = try trainer.resume(path: folder("shared"), fingerprint: "") } catch { return [] }
        _ = updates(trainer, 4..<6)
        return results(trainer)
      }
      #expect(resumed == Array(repeating: results(alone), count: count))
    }
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

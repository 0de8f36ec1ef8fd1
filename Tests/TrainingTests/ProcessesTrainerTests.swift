import Autodiff
import Corpora
import Models
import Tensors
import TestSupport
import Testing
import Tokens
import Training

/// Updates by several processes equal those by a single process with the same number of shards.
@Suite struct ProcessesTrainerTests {
  /// The results of a process after some updates, to the bit.
  struct Outcome: Sendable, Equatable {
    var weights: [UInt32]
    var average: [UInt32]
    var losses: [LossSum]
    var norms: [UInt64]
    var skipped: [Bool]
    var updates: Int
  }

  struct Variant: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var change: @Sendable (inout TrainerOptions) -> Void = { _ in }
    /// Batches per update.
    var batches = 1
  }

  static let variants = [
    Variant(testDescription: "one batch"), Variant(testDescription: "accumulated", batches: 3),
    Variant(testDescription: "R-Drop") { $0.regularization.rDrop = 1 },
    Variant(testDescription: "Adafactor") { $0.optimizer = Adafactor() },
    Variant(testDescription: "frozen") { $0.frozen = [.encoder] },
    Variant(testDescription: "pieces") { $0.activationLimit = 1 },
  ]

  static func train(
    _ variant: Variant, shards: Int, reducer: any GradientReducer, batches: [Batch]
  ) -> Outcome {
    var options = ToyTask.options(shards: shards, threads: 2)
    options.clipNorm = 0.5
    variant.change(&options)
    let trainer = Trainer(ToyTask.model(dropout: 0.2), options: options, reducer: reducer)
    let reports = stride(from: 0, to: batches.count, by: variant.batches).map { start in
      trainer.update(Array(batches[start..<start + variant.batches]), rate: 0.01)
    }
    return Outcome(
      weights: trainer.parameters.bits, average: trainer.weightsForUse().bits, losses: reports.map(\.loss),
      norms: reports.map(\.gradientNorm.bitPattern), skipped: reports.map(\.wasSkipped),
      updates: trainer.updates)
  }

  static func trainTogether(
    _ variant: Variant, processes: Int, shards: Int, batches: [Batch]
  ) -> [Outcome] {
    SimulatedProcesses(processes).run { reducer in
      Self.train(variant, shards: shards, reducer: reducer, batches: batches)
    }.compactMap { try? $0.get() }
  }

  /// Processes with one, several, and different numbers of workers.
  @Test(arguments: variants, [(2, 2), (2, 4), (3, 6), (2, 5)])
  func bitsAreThoseOfOneProcess(_ variant: Variant, _ sizes: (processes: Int, shards: Int)) {
    // Batches of 2 and 3 pairs leave some shards without any.
    let batches = [17, 2, 9, 30, 3, 12].enumerated().map { ToyTask.batch($1, seed: UInt64($0)) }
    let alone = Self.train(variant, shards: sizes.shards, reducer: WorkerOrderSum(), batches: batches)
    let together = Self.trainTogether(
      variant, processes: sizes.processes, shards: sizes.shards, batches: batches)
    #expect(alone.updates == 6 / variant.batches)
    #expect(together == Array(repeating: alone, count: sizes.processes))
  }

  /// A word that overflows occurs only in the longest sentence, which is in the last shard of the last process.
  @Test func processesSkipTogether() {
    let bad = TokenID(ToyTask.vocabularySize - 1)
    func batch(_ word: TokenID) -> Batch {
      let sources =
        ToyTask.sentences(8, longest: 4, seed: 3).map { $0.map { min($0, bad - 1) } }
        + [[4, 5, 6, 7, 8, word, 9]]
      return Batch(
        ParallelCorpus(sources: sources, targets: sources.map { $0.reversed() }), pairs: Array(0..<9))
    }
    let batches = [batch(4), batch(bad), batch(5), batch(6)]
    @Sendable func train(_ reducer: any GradientReducer) -> Outcome {
      let model = ToyTask.model(tying: .none)
      let trainer = Trainer(model, options: ToyTask.options(shards: 4), reducer: reducer)
      let table = model.parameters.first { $0.name == "model.encoder.embed_tokens.weight" }
      trainer.parameters.replace(
        at: (table?.parameter.offset ?? 0) + Int(bad) * 16, with: Array(repeating: 3e38, count: 16))
      let reports = batches.map { trainer.update($0) }
      return Outcome(
        weights: trainer.parameters.bits, average: trainer.weightsForUse().bits, losses: [], norms: [],
        skipped: reports.map(\.wasSkipped), updates: trainer.updates)
    }
    let alone = train(WorkerOrderSum())
    #expect(alone.skipped == [false, true, false, false] && alone.updates == 3)
    let together = SimulatedProcesses(2).run { train($0) }.compactMap { try? $0.get() }
    #expect(together == [alone, alone])
  }

  /// Each process has workers only for its own shards.
  @Test func workersAreShared() {
    let workers = SimulatedProcesses(2).run { reducer in
      Trainer(ToyTask.model(), options: ToyTask.options(shards: 5), reducer: reducer).activationCapacities
        .count
    }
    #expect(workers.compactMap { try? $0.get() } == [2, 3])
  }
}

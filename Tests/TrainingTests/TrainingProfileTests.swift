import Autodiff
import Corpora
import Models
import TestSupport
import Testing
import Training

@Suite struct TrainingProfileTests {
  /// Two pairs of 3 and 2 letters: 4 + 3 tokens on each side, including `</s>`.
  static let batch = Batch(
    ParallelCorpus(sources: [[4, 5, 6], [7, 8]], targets: [[6, 5, 4], [8, 7]]), pairs: [0, 1])

  static func options(shards: Int = 2, threads: Int = 2) -> TrainerOptions {
    var options = ToyTask.options(shards: shards, threads: threads)
    options.isProfiled = true
    return options
  }

  static func profile(updates: Int, shards: Int = 2, threads: Int = 2) throws -> TrainingProfile {
    let trainer = Trainer(ToyTask.model(dropout: 0.2), options: options(shards: shards, threads: threads))
    for _ in 0..<updates { _ = trainer.update(batch) }
    return try #require(trainer.profile)
  }

  /// One layer of encoder and decoder, of size 16 and inner size 32, in each of two shards and three updates.
  @Test func callsAreCounted() throws {
    let profile = try Self.profile(updates: 3)
    let calls = Dictionary(uniqueKeysWithValues: profile.operations.map { ("\($0.name)", $0.calls / 6) })
    let expected = [
      // Queries, keys and values; three outputs and the cross-attention's query; its keys and values, and
      // both feed-forward networks.
      "linear 16 to 48": 2, "linear 16 to 16": 4, "linear 16 to 32": 3, "linear 32 to 16": 2,
      "attend, self": 1, "attend, causal": 1, "attend, cross": 1, "add and normalize": 5, "relu": 2,
      "dropout": 2, "embed": 2, "output layer and loss": 1,
    ]
    #expect(calls == expected)
    #expect(profile.operations.allSatisfy { $0.calls % 6 == 0 })
    #expect((profile.updates, profile.threads) == (3, 2))
  }

  /// 2 · 16 · 48 for each of the 7 source and the 7 target tokens; 2 · 16 · 14 for each target token.
  @Test(arguments: [1, 2])
  func operationsOfProductsAreCounted(shards: Int) throws {
    let profile = try Self.profile(updates: 1, shards: shards)
    let flop = Dictionary(uniqueKeysWithValues: profile.operations.map { ("\($0.name)", $0.flop) })
    #expect(flop["linear 16 to 48"] == 21_504)
    #expect(flop["output layer and loss"] == 3_136)
    #expect(flop["relu"] == 0)
  }

  @Test(arguments: [(1, 1), (2, 1), (2, 2), (3, 2), (1, 3)])
  func partsAreTheWholeTime(shards: Int, threads: Int) throws {
    let clock = ContinuousClock()
    let began = clock.now
    let profile = try Self.profile(updates: 20, shards: shards, threads: threads)
    #expect(profile.wall > .zero && profile.wall <= clock.now - began)
    #expect(profile.total == profile.wall * threads)
    let parts = [
      profile.operations.reduce(.zero) { $0 + $1.time }, profile.roundingWeights, profile.sumOfGradients,
      profile.applyingGradients,
      profile.makingBatches, profile.waitingForShards, profile.waitingForProcessors, profile.leftOver,
    ]
    #expect(parts.allSatisfy { $0 >= .zero }, "\(parts)")
    #expect(parts.reduce(.zero, +) == profile.total)
    #expect(profile.meanShards > .zero && profile.longestShards >= profile.meanShards)
    #expect(profile.longestShards <= profile.meanShards * shards)
    #expect(profile.operations.allSatisfy { $0.forward > .zero && $0.backward > .zero })
    #expect(profile.operations.map(\.time) == profile.operations.map(\.time).sorted(by: >))
  }

  @Test func threadsWithoutAShardWait() throws {
    let profile = try Self.profile(updates: 5, shards: 1, threads: 4)
    let busy = profile.operations.reduce(.zero) { $0 + $1.time }
    #expect(profile.waitingForShards >= busy * 3)
  }

  @Test func profileDoesNotChangeTheResult() {
    let plain = ToyTask.trained(updates: 6, options: ToyTask.options(shards: 2, threads: 2), dropout: 0.2)
    let profiled = ToyTask.trained(updates: 6, options: Self.options(), dropout: 0.2)
    #expect(plain.trainer.parameters.bits == profiled.trainer.parameters.bits)
    #expect(plain.reports.map(\.loss) == profiled.reports.map(\.loss))
    #expect(plain.trainer.profile == nil && profiled.trainer.profile != nil)
  }

  @Test func runsCountTheMakingOfBatches() throws {
    var fixture = try RunFixture()
    fixture.options.isProfiled = true
    fixture.plan.maxUpdates = 12
    let profile = try #require(try fixture.run().record.profile)
    #expect(profile.updates == 12)
    #expect(profile.makingBatches > .zero && profile.leftOver >= .zero)
  }
}

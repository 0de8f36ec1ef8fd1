import Corpora
import Files
import Foundation
import Models
import Tensors
import Testing
import Tokens
import Training

@Suite struct RollbackTests {
  /// The rate rises until training diverges; with a checkpoint after every update, nothing depends on time.
  func risingRate(peak: Float = 4) throws -> RunFixture {
    var fixture = try RunFixture()
    fixture.dropout = 0
    fixture.options.schedule = LearningRateSchedule(peak: Double(peak), warmup: 400, initial: 0)
    fixture.validator = RunFixture.ListedScores([.init(perplexity: 5)])
    (fixture.plan.validateEvery, fixture.plan.logEvery) = (0, 1)
    (fixture.plan.checkpointEvery, fixture.plan.maxUpdates) = (0, 600)
    return fixture
  }

  @Test func explodingLossBringsACheckpointBackWithHalfTheRate() throws {
    let fixture = try risingRate()
    let (end, record) = try fixture.run()
    let first = try #require(record.rollbacks.first)
    guard case .loss(let mean, let best) = first.reason else { return #expect(Bool(false), "\(first)") }
    #expect(mean > 1.5 * best && first.factor == 0.5)
    let log = try fixture.log()
    let place = try #require(log.firstIndex { $0["event"] as? String == "rolled_back" })
    let (line, next) = (log[place], log[place + 1])
    let update = try #require(line["update"] as? Int)
    let from = try #require(line["from"] as? Int)
    #expect(from >= update + 100 && line["learning_rate_factor"] as? Double == 0.5)
    #expect((line["reason"] as? String)?.contains("mean loss has risen") == true)
    #expect(next["update"] as? Int == update + 1)
    let rate = fixture.options.schedule.rate(update: update + 1)
    #expect(abs((next["learning_rate"] as? Double ?? 0) - rate / 2) < 1e-12)
    // The loss is only compared with the mean, which lags behind because the rate rises in every update.
    #expect(try #require(next["loss"] as? Double) < mean)
    #expect(record.state.watch.rollbacks == record.rollbacks.count)
    if case .diverged = end { #expect(record.rollbacks.count == 3) }
  }

  @Test(arguments: [0, 30, 90])
  func interruptionAfterARollbackDoesNotShow(updates: Int) throws {
    let (whole, parts) = (try risingRate(), try risingRate())
    let expected = try whole.run().record
    var stopping = parts
    stopping.stopWhen = { record in record.state.watch.rollbacks == 1 && record.sinceRollback >= updates }
    let first = try stopping.run()
    #expect(first.end == .interrupted)
    let resumed = try parts.run(resuming: true).record
    #expect(1 + resumed.rollbacks.count == expected.rollbacks.count)
    var (state, reference) = (resumed.state, expected.state)
    (state.seconds, reference.seconds) = (0, 0)
    #expect(state == reference)
    let (one, other) = (try whole.checkpoint(), try parts.checkpoint())
    for (a, b) in zip(one, other) { #expect(a.values.map(\.bitPattern) == b.values.map(\.bitPattern)) }
  }

  @Test func absurdRateEndsAsDivergedAndLeavesTheGoodCheckpoint() throws {
    var fixture = try RunFixture()
    fixture.dropout = 0
    fixture.options.schedule = LearningRateSchedule(peak: 1e30, warmup: 0)
    fixture.plan.skipLimit = 7
    let (end, record) = try fixture.run()
    #expect(end == .diverged(.skipped(7)))
    #expect(record.events.filter { $0 == "skipped" }.count == 4 * 7)
    #expect(record.rollbacks.map(\.factor) == [0.5, 0.25, 0.125])
    let events = try fixture.log().compactMap { $0["event"] as? String }
    #expect(events.filter { $0 == "rolled_back" }.count == 3 && events.last == "diverged")
    let point = try CheckpointFiles(modelFolder: fixture.plan.folder).newest()
    #expect(point.state.update == 0 && point.state.watch.rollbacks == 3)
    #expect(try fixture.checkpoint().allSatisfy { $0.values.allSatisfy { abs($0) < 100 } })
    // With a sensible rate, training continues from there.
    fixture.options.schedule = LearningRateSchedule(peak: 0.01, warmup: 0)
    fixture.plan.maxUpdates = 20
    #expect(try fixture.run(resuming: true).end == .maxUpdates)
  }

  /// The embedding of one word overflows, so that the gradient of batches with its only sentence is NaN or infinite.
  @Test func batchThatMakesNoNumberIsNamedAndLeftOut() throws {
    let rare = TokenID(ToyTask.vocabularySize - 1)
    var sources = ToyTask.sentences(100, seed: 7).map { $0.map { $0 == rare ? 4 : $0 } }
    sources[41][0] = rare
    var fixture = try RunFixture()
    fixture.corpus = ParallelCorpus(sources: sources, targets: sources.map { $0.reversed() })
    fixture.tying = .none
    (fixture.plan.maxEpochs, fixture.plan.skipLimit) = (3, 2)
    fixture.validator = RunFixture.ListedScores([.init(perplexity: 5)])
    fixture.prepare = { trainer in
      let name = "model.encoder.embed_tokens.weight"
      let table = trainer.model.parameters.first { $0.name == name }!
      trainer.parameters.replace(
        at: table.parameter.offset + Int(rare) * 16, with: Array(repeating: 3e38, count: 16))
    }
    let (end, record) = try fixture.run()
    #expect(end == .maxEpochs && record.rollbacks.isEmpty)
    let batcher = Batcher(fixture.corpus, batchTokens: fixture.batchTokens, seed: fixture.options.seed)
    let expected = (1...3).map { epoch in
      let plans = batcher.batches(epoch: epoch)
      let number = plans.firstIndex { $0.pairs.contains(41) }!
      return (epoch, number + 1, plans[number].pairs.prefix(3).map { $0 + 1 })
    }
    #expect(record.skipped.map(\.epoch) == expected.map(\.0))
    #expect(record.skipped.map(\.number) == expected.map(\.1))
    #expect(record.skipped.map(\.pairs) == expected.map(\.2))
    let lines = try fixture.log().filter { $0["event"] as? String == "skipped" }
    #expect(lines.compactMap { $0["batch"] as? Int } == expected.map(\.1))
    #expect(lines.compactMap { $0["pairs"] as? [Int] } == expected.map(\.2))
    #expect(record.state.update == 3 * (fixture.updatesPerEpoch - 1))
  }

  /// While the loss is too high, no checkpoint replaces a good one.
  @Test func checkpointsWaitForBetterTimes() throws {
    var fixture = try risingRate()
    fixture.plan.maxRollbacks = 0
    let end = try fixture.run().end
    guard case .diverged(.loss) = end else { return #expect(Bool(false), "\(end)") }
    let point = try CheckpointFiles(modelFolder: fixture.plan.folder).newest()
    let log = try fixture.log()
    let last = try #require(log.compactMap { $0["update"] as? Int }.max())
    #expect(point.state.update <= last - 100)
    #expect(point.state.watch.updatesAbove == 0)
  }
}

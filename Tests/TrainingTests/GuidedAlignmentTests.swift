import Autodiff
import Corpora
import Models
import TestSupport
import Testing
import Tokens
import Training

/// Training on the toy task, whose words belong together in reverse order.
@Suite struct GuidedAlignmentTests {
  static func corpus(_ count: Int, seed: UInt64 = 7) -> ParallelCorpus {
    let sources = ToyTask.sentences(count, seed: seed)
    return ParallelCorpus(
      sources: sources, targets: sources.map { $0.reversed() },
      alignments: sources.map { source in
        let words = [UInt16](repeating: 1, count: source.count)
        let links = source.indices.map {
          AlignmentLink(source: UInt16(source.count - 1 - $0), target: UInt16($0))
        }
        return PairAlignment(links: links[...], sourceWords: words[...], targetWords: words[...])
      })
  }

  static func batch(_ seed: Int) -> Batch { Batch(corpus(17, seed: UInt64(seed)), pairs: Array(0..<17)) }

  private func options(weight: Float, shards: Int = 1, threads: Int = 1) -> TrainerOptions {
    var options = ToyTask.options(shards: shards, threads: threads)
    var guided = GuidedAlignment()
    guided.weight = weight
    options.regularization.guidedAlignment = guided
    return options
  }

  private func trained(_ updates: Int, _ options: TrainerOptions) -> (
    trainer: Trainer, reports: [UpdateReport]
  ) {
    let trainer = Trainer(ToyTask.model(layers: 2), options: options)
    let reports = (0..<updates).map { trainer.update(Self.batch($0)) }
    return (trainer, reports)
  }

  @Test func attentionLearnsToFollow() {
    let losses = [Float(1e-6), 1].map { weight in
      trained(150, options(weight: weight)).reports.suffix(10).reduce(0) { $0 + $1.loss.alignmentPerToken }
        / 10
    }
    #expect(losses[1] < 0.5 && losses[0] > 2.5 * losses[1], "\(losses)")
  }

  @Test(arguments: [(shards: 3, pieces: false), (1, true), (2, true)])
  func shardsAndPiecesAreOneBatch(shards: Int, pieces: Bool) {
    let whole = trained(4, options(weight: 1))
    var options = options(weight: 1, shards: shards, threads: 2)
    if pieces {
      let memory = ActivationMemory(
        ToyTask.model(layers: 2).configuration, regularization: options.regularization)
      options.activationLimit =
        memory.perBatch(longestSource: 7, longestTarget: 7) + memory.pair(source: 7, target: 7)
    }
    let parts = trained(4, options)
    expectEqualWithinRounding(parts, whole)
    for (one, other) in zip(parts.reports, whole.reports) {
      #expect(abs(one.loss.alignment - other.loss.alignment) < 1e-3 * other.loss.alignment)
    }
    for capacity in parts.trainer.activationCapacities where pieces {
      #expect(capacity <= options.activationLimit ?? 0)
    }
  }

  @Test(arguments: [1, 9, 13])
  func interruptionDoesNotShow(update: Int) throws {
    var (whole, parts) = (try RunFixture(), try RunFixture())
    func configure(_ fixture: inout RunFixture) {
      fixture.plan.maxUpdates = 20
      fixture.corpus = Self.corpus(100)
      fixture.options.regularization = options(weight: 0.5).regularization
    }
    configure(&whole)
    configure(&parts)
    _ = try whole.run()
    #expect(try parts.run(stoppingAt: update).end == .interrupted)
    #expect(try parts.run(resuming: true).end == .maxUpdates)
    #expect(try whole.checkpoint() == parts.checkpoint())
    let losses = try [whole, parts].map { try $0.log().compactMap { $0["alignment_loss"] as? Double } }
    #expect(losses[0].count == 10 && losses[0].allSatisfy { $0 > 0 })
    #expect(losses[1].last == losses[0].last)
  }

  @Test func logKnowsNothingOfItWithoutAlignments() throws {
    var fixture = try RunFixture()
    fixture.plan.maxUpdates = 4
    _ = try fixture.run()
    #expect(try fixture.log().allSatisfy { $0["alignment_loss"] == nil })
  }
}

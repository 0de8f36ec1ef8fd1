import Corpora
import Testing
import Text
import Tokens
import TrainingSession

@Suite struct EpochTextTests {
  /// The batches of an epoch.
  func batches(_ data: TrainingData, epoch: Int) -> [Batch] {
    let batcher = data.batcher(epoch: epoch)
    return batcher.batches(epoch: epoch).map(batcher.makeBatch)
  }

  /// Their source and target ids.
  func ids(_ data: TrainingData, epoch: Int) -> [[[TokenID]]] {
    batches(data, epoch: epoch).map { [$0.source.ids, $0.target.ids] }
  }

  func data(
    _ text: ToyText, seed: UInt64 = 1, threads: Int = 2, _ change: (inout TrainingRequest) -> Void
  ) throws -> TrainingData {
    var request = text.request()
    (request.batches.seed, request.machine.threads, request.regularization.copyUnknowns) = (seed, threads, 0)
    change(&request)
    let pipeline = try text.pipeline
    let settings = try request.resolved(ResolutionContext(pipeline, folder: text.vocabulary))
    return try TrainingData(settings.corpora, pipeline: pipeline, room: nil) { _ in }
  }

  @Test func withBPEDropoutTheTextIsAFunctionOfSeedAndEpoch() throws {
    let text = try ToyText()
    /// The sentences in an order of their own: batches are shuffled by seed and epoch anyway.
    func sentences(_ epoch: Int, seed: UInt64 = 1, threads: Int = 2) throws -> [[TokenID]] {
      let data = try data(text, seed: seed, threads: threads) { $0.regularization.bpeDropout = 0.3 }
      return batches(data, epoch: epoch).flatMap { batch in
        (0..<batch.target.count).map { Array(batch.target[sentence: $0]) }
      }.sorted { $0.lexicographicallyPrecedes($1) }
    }
    let first = try sentences(2)
    #expect(try sentences(2) == first)
    #expect(try sentences(2, threads: 1) == first)
    #expect(try sentences(3) != first)
    #expect(try sentences(2, seed: 2) != first)
  }

  @Test func anEpochIsCutIntoMoreSubwordsThanTheTextButSaysTheSame() throws {
    let text = try ToyText()
    let pipeline = try text.pipeline
    let plain = try data(text) { _ in }
    let dropped = try data(text) { $0.regularization.bpeDropout = 0.3 }
    func sentences(_ data: TrainingData) -> [String] {
      batches(data, epoch: 1).map(\.target).flatMap { target in
        (0..<target.count).map { String(decoding: pipeline.decode(target[sentence: $0]), as: UTF8.self) }
      }.sorted()
    }
    #expect(sentences(plain) == sentences(dropped))
    func tokens(_ data: TrainingData) -> Int { batches(data, epoch: 1).reduce(0) { $0 + $1.targetTokens } }
    #expect(tokens(dropped) > tokens(plain))
  }

  @Test func sharedWordsAreHiddenByTheShareAndAnewInEveryEpoch() throws {
    let text = try ToyText()
    func unknowns(_ share: Double, epoch: Int) throws -> [Int] {
      let data = try data(text) { $0.regularization.copyUnknowns = share }
      return ids(data, epoch: epoch).map { batch in
        #expect(
          batch[0].count { $0 == SpecialTokens.standard.unknown }
            == batch[1].count { $0 == SpecialTokens.standard.unknown })
        return batch[0].count { $0 == SpecialTokens.standard.unknown }
      }
    }
    #expect(try unknowns(0, epoch: 1).allSatisfy { $0 == 0 })
    let all = try unknowns(1, epoch: 1)
    let some = try unknowns(0.3, epoch: 1)
    #expect(all.reduce(0, +) > 2 * some.reduce(0, +) && some.reduce(0, +) > 0)
    #expect(try unknowns(1, epoch: 1) == all)
    #expect(try unknowns(1, epoch: 2) != all)
  }
}

import Foundation
import Tensors
import Testing
import Training

/// The format of a run's state in checkpoints.
@Suite struct TrainingStateTests {
  /// The state of a run that ended with the average of kept weights, in the established format.
  static let text = """
    {"activationLimit":21034368,"averagedUpdates":[8,12],"batchesDone":36,\
    "best":{"bleu":0.05,"perplexity":421.92},"bestUpdate":12,"epoch":1,"fingerprint":"24000 pairs",\
    "interruptedValidation":12,"progress":{"bleu":{"best":{"bleu":0.06,"perplexity":430.5},"isKept":true,"update":9,\
    "validationsWithoutProgress":1},"perplexity":{"best":{"bleu":0.05,"perplexity":421.92},"isKept":false,"update":12,\
    "validationsWithoutProgress":0}},"schedule":{"reductions":2,"validationsWithoutProgress":1},"seconds":18.5,\
    "shards":3,"targetTokens":34580,"update":12,"validatedAt":11,"validationsWithoutProgress":4,\
    "watch":{"best":6.75,"count":12,"isNewestAbove":false,"mean":7.25,"rollbacks":1,"skippedInARow":0,\
    "updatesAbove":0,"updatesRisen":0}}
    """

  private func decode(_ text: String) throws -> TrainingState {
    try JSONDecoder().decode(TrainingState.self, from: Data(text.utf8))
  }

  private func encode(_ state: TrainingState) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(state), as: UTF8.self)
  }

  @Test func everyPartIsReadAndWrittenAsEver() throws {
    let state = try decode(Self.text)
    #expect((state.update, state.epoch, state.batchesDone, state.targetTokens) == (12, 1, 36, 34580))
    #expect((state.seconds, state.shards, state.validatedAt) == (18.5, 3, 11))
    #expect((state.activationLimit, state.interruptedValidation) == (21_034_368, 12))
    #expect(state.fingerprint == "24000 pairs")
    var best = MetricProgress(
      scores: .init(perplexity: 421.92, bleu: 0.05), update: 12, averagedUpdates: [8, 12])
    best.validationsWithoutProgress = 4
    #expect(state.best == best)
    var bleu = MetricProgress(scores: .init(perplexity: 430.5, bleu: 0.06), update: 9, isKept: true)
    bleu.validationsWithoutProgress = 1
    #expect(state.progress[.bleu] == bleu && state.progress.count == 2)
    #expect((state.schedule.reductions, state.watch.rollbacks, state.watch.mean) == (2, 1, 7.25))
    #expect(try encode(state) == Self.text)
  }

  /// Only those that are not the library's, so that the others are written as ever.
  @Test func productsAreReadAndWritten() throws {
    var state = try decode(Self.text)
    #expect(state.float32Products == .library)
    state.float32Products = .parts
    let text = try encode(state)
    #expect(text.contains("\"float32Products\":\"parts\""))
    #expect(try decode(text) == state)
  }

  @Test func startIsReadAndWritten() throws {
    let text = try encode(TrainingState())
    #expect(try decode(text) == TrainingState())
    #expect(!text.contains("\"best\""), "there is none yet")
  }

  /// Parts that older checkpoints lack get their initial values.
  @Test(arguments: ["progress", "schedule", "watch"])
  func olderStatesLack(_ key: String) throws {
    var values = try #require(
      JSONSerialization.jsonObject(with: Data(Self.text.utf8)) as? [String: Any])
    values[key] = nil
    let older = try JSONDecoder().decode(
      TrainingState.self, from: JSONSerialization.data(withJSONObject: values))
    var expected = try decode(Self.text)
    switch key {
    case "progress": expected.progress = [:]
    case "schedule": expected.schedule = ScheduleProgress()
    default: expected.watch = LossWatch()
    }
    #expect(older == expected)
  }

  @Test(arguments: ["update", "epoch", "bestUpdate", "fingerprint", "shards", "validationsWithoutProgress"])
  func stateWithout(_ key: String) throws {
    var values = try #require(
      JSONSerialization.jsonObject(with: Data(Self.text.utf8)) as? [String: Any])
    values[key] = nil
    let data = try JSONSerialization.data(withJSONObject: values)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(TrainingState.self, from: data) }
  }
}

import Corpora
import Foundation
import Synchronization
import TestSupport
import Text
import Tokens
import Training
import TrainingSession

/// Text of a toy language in a temporary folder, with its vocabulary, and requests to train on it briefly.
struct ToyText {
  let folder: TemporaryFolder

  /// - Parameters:
  ///   - pairs: the number of training pairs.
  ///   - tag: a tag that source lines can begin with; nil for none.
  ///   - spans: the number of span tokens.
  ///   - terms: whether there are marks of terms.
  /// - Throws: errors of writing.
  init(pairs: Int = 120, tag: String? = nil, spans: Int = 0, terms: Bool = false) throws {
    folder = try TemporaryFolder()
    try write(Self.pairs(0..<pairs), "train")
    try write(Self.pairs(pairs..<pairs + 12), "valid")
    try learn(tag: tag, spans: spans, terms: terms)
  }

  /// Learns the vocabulary of the training text.
  func learn(tag: String? = nil, spans: Int = 0, terms: Bool = false) throws {
    var settings = TextPipelineSettings()
    settings.merges = 30
    settings.tags = tag.map { [$0] } ?? []
    settings.marks = MarkTokens(spans: spans, terms: terms)
    var learner = VocabularyLearner(settings: settings, threads: 1)
    try learner.count(path: folder("train.en"), side: .source)
    try learner.count(path: folder("train.de"), side: .target)
    learner.choose(joint: true, merges: 30)
    try learner.learn().write(to: vocabulary)
  }

  var vocabulary: String { folder("vocab") }
  var pipeline: TextPipeline { get throws { try TextPipeline(folder: vocabulary) } }

  /// A request for a model so small that an update takes milliseconds, with dropout.
  func request(model: String = "model", updates: Int = 6) -> TrainingRequest {
    var request = TrainingRequest(vocabulary: vocabulary, model: folder(model))
    (request.files.trainSource, request.files.trainTarget) = ([folder("train.en")], [folder("train.de")])
    (request.files.validSource, request.files.validTarget) = ([folder("valid.en")], [folder("valid.de")])
    request.architecture.preset = .tiny
    (request.architecture.encoderLayers, request.architecture.decoderLayers) = (1, 1)
    (request.architecture.size, request.architecture.innerSize) = (16, 32)
    request.architecture.heads = 2
    request.batches.tokens = 128
    (request.stopping.maxUpdates, request.stopping.validateEvery) = (updates, .updates(3))
    (request.machine.threads, request.machine.shards) = (2, 2)
    return request
  }

  /// A request for a model that is trained enough to end its translations.
  var teacherRequest: TrainingRequest {
    var request = request(model: "teacher", updates: 150)
    (request.schedule.learningRate, request.schedule.warmup) = (0.01, 20)
    (request.stopping.validateEvery, request.averages.decay) = (.updates(150), 0)
    return request
  }

  func write(_ pairs: [(String, String)], _ name: String) throws {
    for (lines, language) in [(pairs.map(\.0), "en"), (pairs.map(\.1), "de")] {
      try (lines.joined(separator: "\n") + "\n").write(
        toFile: folder("\(name).\(language)"), atomically: true, encoding: .utf8)
    }
  }

  /// Sentence pairs; every number gives another pair.
  static func pairs(_ numbers: Range<Int>) -> [(String, String)] {
    let people = [("Anna", "Anna"), ("Peter", "Peter"), ("the woman", "die Frau"), ("a child", "ein Kind")]
    let verbs = [("sees", "sieht"), ("hears", "hört"), ("finds", "findet"), ("paints", "malt")]
    let things = [("house", "Haus"), ("horse", "Pferd"), ("boat", "Boot"), ("book", "Buch"), ("bed", "Bett")]
    return numbers.map { number in
      let person = people[number % 4]
      let verb = verbs[number / 4 % 4]
      let thing = things[number / 16 % 5]
      return (
        "\(person.0) \(verb.0) the \(thing.0) number \(number)",
        "\(person.1) \(verb.1) das \(thing.1) Nummer \(number)"
      )
    }
  }
}

extension TrainingData {
  /// The pairs of an epoch as they are trained with, by their numbers.
  func trainedPairs(epoch: Int = 1) -> [(source: [TokenID], target: [TokenID])] {
    let batcher = batcher(epoch: epoch)
    var pairs = [(source: [TokenID], target: [TokenID])](repeating: ([], []), count: train.count)
    for plan in batcher.batches(epoch: epoch) {
      let batch = batcher.makeBatch(plan)
      for (row, pair) in batch.pairs.enumerated() {
        pairs[pair] = (Array(batch.source[sentence: row]), Array(batch.target[sentence: row]))
      }
    }
    return pairs
  }
}

/// Collects the events of a session.
final class Events: Sendable {
  private let all = Mutex<[TrainingSessionEvent]>([])

  var list: [TrainingSessionEvent] { all.withLock { $0 } }
  var notices: [TrainingNotice] {
    list.compactMap { if case .notice(let notice) = $0 { notice } else { nil } }
  }

  @Sendable func add(_ event: TrainingSessionEvent) { all.withLock { $0.append(event) } }
}

func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

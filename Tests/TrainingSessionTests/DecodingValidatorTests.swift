import Corpora
import DistributedTraining
import Models
import ProcessGroups
import Synchronization
import TestSupport
import Testing
import Text
import Training
import TrainingSession

@Suite struct DecodingValidatorTests {
  let text: ToyText
  let pipeline: TextPipeline
  let model: TrainedTransformer
  let events = Events()

  init() throws {
    text = try ToyText(pairs: 20)
    pipeline = try text.pipeline
    var configuration = ModelPreset.tiny.configuration(
      sourceVocabularySize: pipeline.vocabularySize(.source),
      targetVocabularySize: pipeline.vocabularySize(.target))
    (configuration.encoderLayers, configuration.decoderLayers, configuration.size) = (1, 1, 16)
    let architecture = Transformer(configuration)
    model = TrainedTransformer(architecture, weights: architecture.initialParameters(seed: 1))
  }

  func validator(
    decodedTokens: Int = 64, threads: Int = 1, control: SessionControl = .init(), isFirst: Bool = true,
    events: Events? = nil, _ change: (inout ValidationRequest) -> Void
  ) throws -> DecodingValidator {
    var request = text.request()
    request.machine.threads = threads
    change(&request.validation)
    let settings = try request.resolved(ResolutionContext(pipeline, folder: text.vocabulary))
    let data = try TrainingData(settings.corpora, pipeline: pipeline, room: nil) { _ in }
    return try DecodingValidator(
      settings.validation, corpus: data.valid, pipeline: pipeline, decodedTokens: decodedTokens,
      isFirst: isFirst, SessionMonitor(control, observe: (events ?? self.events).add))
  }

  func scores(
    decodedTokens: Int = 64, threads: Int = 1, control: SessionControl = .init(),
    _ change: (inout ValidationRequest) -> Void
  ) throws -> (ValidationScores, ScoreSignatures) {
    let validator = try validator(decodedTokens: decodedTokens, threads: threads, control: control, change)
    return (try validator.validate(model, update: 7), validator.signatures)
  }

  @Test func onlyWhatIsAskedForIsMeasured() throws {
    let (perplexity, signatures) = try scores { $0.bestBy = .perplexity }
    #expect(perplexity.perplexity > 1 && perplexity.bleu == nil && perplexity.chrf == nil)
    #expect(signatures.bleu == nil && signatures.chrf == nil && signatures.script == nil)
    let (all, named) = try scores { ($0.bestBy, $0.metrics) = (.bleu, [.chrf]) }
    #expect(all.perplexity == perplexity.perplexity && all.bleu != nil && all.chrf != nil)
    #expect(named.bleu?.contains("tok:13a") ?? false)
  }

  @Test func scoresDoNotDependOnThreadsAndBatches() throws {
    let one = try scores { $0.metrics = [.chrf] }.0
    #expect(try scores(decodedTokens: 1024, threads: 3) { $0.metrics = [.chrf] }.0 == one)
  }

  /// Each process computes a share; the last of 20 has none of the 12 lines.
  @Test(arguments: [2, 3, 20], [ValidationMetric.perplexity, .bleu])
  func scoresDoNotDependOnProcesses(processes: Int, metric: ValidationMetric) throws {
    let change = { @Sendable (request: inout ValidationRequest) in
      request.bestBy = metric
      guard metric == .bleu else { return }
      (request.metrics, request.script) = ([.chrf], #"sum "$1" | cut -d" " -f1"#)
    }
    let expected = try scores(change).0
    #expect((expected.script != nil) == (metric == .bleu))
    let others = Events()
    let all = try ThreadGroup.run(processes) { group in
      Result {
        let isFirst = group.rank == 0
        let validator = try validator(isFirst: isFirst, events: isFirst ? events : others, change)
        return try validator.validate(model, update: 7, with: ChainSum(group))
      }
    }.map { try $0.get() }
    #expect(all == Array(repeating: expected, count: processes))
    #expect(others.list.isEmpty)
    let samples = events.list.compactMap { if case .translated(let entry) = $0 { entry } else { nil } }
    #expect(samples.count == (metric == .bleu ? 2 : 0) && samples.first == samples.last)
  }

  @Test(arguments: [0, 1], [ValidationMetric.perplexity, .bleu])
  func aProcessThatIsToStopStopsAll(rank: Int, metric: ValidationMetric) {
    let outcomes = ThreadGroup.run(2) { group in
      Result {
        let control = SessionControl()
        if group.rank == rank { control.stop() }
        let validator = try validator(control: control, isFirst: group.rank == 0) { $0.bestBy = metric }
        return try validator.validate(model, update: 7, with: ChainSum(group))
      }
    }
    #expect(outcomes.count == 2)
    for outcome in outcomes { #expect(throws: ValidationInterrupted.self) { try outcome.get() } }
  }

  @Test func linesSurviveTheJourney() {
    let lines = [[], [10], Array("größer\n".utf8), [UInt8](repeating: 7, count: 70_000), []]
    #expect(PackedLines.unpack(PackedLines.pack(lines)) == lines)
    #expect(PackedLines.unpack([]) == [])
  }

  @Test func theScriptGetsTheTextsAndTheUpdate() throws {
    let scored = try scores {
      $0.script =
        #"test "$(wc -l <"$1")" = 12 && test "$4" = 7 && cmp -s "$3" \#(text.folder("valid.de")) && echo 5.5"#
    }
    #expect(scored.0.script == 5.5 && events.notices.isEmpty)
  }

  @Test func aScriptThatFailsCostsItsScoreAndIsTold() throws {
    let scored = try scores { $0.script = "echo trouble >&2; exit 3 #" }
    #expect(scored.0.script == nil && scored.0.bleu != nil)
    #expect(
      events.notices == [.noScriptScore(update: 7, reason: "its exit code is 3; it said: trouble")])
  }

  /// Both while the loss is computed and while text is decoded.
  @Test(arguments: [ValidationMetric.perplexity, .bleu])
  func aValidationEndsWithTheSession(metric: ValidationMetric) throws {
    let control = SessionControl()
    control.stop()
    #expect(throws: ValidationInterrupted.self) { try scores(control: control) { $0.bestBy = metric } }
  }

  @Test func workIsCancelledByARequestBeforeAndDuringIt() {
    let control = SessionControl()
    let cancelled = Mutex(0)
    let count = { @Sendable in cancelled.withLock { $0 += 1 } }
    control.cancelling(by: count) {}
    #expect(cancelled.withLock { $0 } == 0)
    control.cancelling(by: count) { control.stop() }
    #expect(cancelled.withLock { $0 } == 1)
    control.cancelling(by: count) {}
    #expect(cancelled.withLock { $0 } == 2)
    control.stop()
    #expect(cancelled.withLock { $0 } == 2)
  }

  @Test func aScriptDoesNotOutliveTheSession() throws {
    let control = SessionControl()
    control.stop()
    #expect(throws: ValidationInterrupted.self) { try scores(control: control) { $0.script = "sleep 60" } }
  }
}
